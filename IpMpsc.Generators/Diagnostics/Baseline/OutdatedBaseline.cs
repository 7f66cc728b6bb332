using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>What is not in the baseline is not protected by it.</summary>
internal static class OutdatedBaseline
{
    public const string Id = "IPM0028";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "The baseline does not have a message as it is",
        messageFormat: "The baseline {0}; update it, and commit it with the change",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public static DiagnosticDescriptor Descriptor => s_descriptor;

    public static Diagnostic Missing(SchemaChange change) => At(change, $"does not have '{change.Name}'");

    public static Diagnostic Different(SchemaChange change) =>
        At(change, $"has '{change.Name}' as \"{change.Before.Header}\" but it is \"{change.Now.Header}\"");

    private static Diagnostic At(SchemaChange change, string difference) =>
        Diagnostic.Create(Descriptor, change.Position, change.Properties, difference);
}
