using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>A protocol lists something that it cannot send.</summary>
internal sealed class NoMessageOfProtocol : MessageRule
{
    public const string Id = "IPM0014";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A protocol lists messages",
        messageFormat: "Protocol '{0}' {1}",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(INamedTypeSymbol message)
    {
        var listed = ProtocolMessages.Listed(message);
        if (listed.IsEmpty)
        {
            yield return At(message, message.Name, "lists no message at all; name them with typeof");
        }

        var seen = new HashSet<ITypeSymbol?>(SymbolEqualityComparer.Default);
        foreach (ITypeSymbol? type in listed)
        {
            if (Objection(type, isNew: seen.Add(type)) is { } objection)
            {
                yield return At(message, message.Name, $"cannot send '{type?.Name ?? "null"}': {objection}");
            }
        }
    }

    private static string? Objection(ITypeSymbol? type, bool isNew) => type switch
    {
        _ when !isNew => "it is listed twice",
        not INamedTypeSymbol { TypeKind: TypeKind.Struct } => "it is no struct",
        _ when !type.IsChannelMessage() => "it is not marked with [ChannelMessage]",
        INamedTypeSymbol named when named.EffectiveAccessibility().Length == 0 =>
            "it, or a type around it, is private or protected; make it internal",
        INamedTypeSymbol named when MessageLayout.Compute(named) is null => "it has mistakes of its own",
        _ => null,
    };
}
