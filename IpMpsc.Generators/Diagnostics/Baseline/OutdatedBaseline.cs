using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>The baseline protects a message only in the form in which it is there.</summary>
internal static class OutdatedBaseline
{
    public const string Id = "IPM0028";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "The baseline does not have the current text of a message",
        messageFormat: "The baseline {0}; update it, for example with 'dotnet build -t:WriteIpMpscBaseline', and commit it with the change",
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
