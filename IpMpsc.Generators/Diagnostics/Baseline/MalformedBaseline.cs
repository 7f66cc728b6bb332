using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>A line of the baseline that is not part of a schema text protects nothing.</summary>
internal static class MalformedBaseline
{
    public const string Id = "IPM0029";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A line of the schema baseline cannot be read",
        messageFormat: "This line belongs to no schema text; delete it, or begin it with '#' if it is a comment",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static DiagnosticDescriptor Descriptor => s_descriptor;

    public static Diagnostic At(Location line) => Diagnostic.Create(Descriptor, line);
}
