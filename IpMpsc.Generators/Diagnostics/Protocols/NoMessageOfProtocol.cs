using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Protocols;

/// <summary>A protocol lists something that it cannot send.</summary>
internal sealed class NoMessageOfProtocol : ProtocolRule
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

    public override IEnumerable<Diagnostic> Check(ProtocolDeclaration protocol)
    {
        if (protocol.Listed.IsEmpty)
        {
            yield return At(protocol.Type, protocol.Name, "lists no message at all; name them with typeof");
        }

        var seen = new HashSet<ITypeSymbol?>(SymbolEqualityComparer.Default);
        foreach (ITypeSymbol? type in protocol.Listed)
        {
            if (Objection(protocol, type, isNew: seen.Add(type)) is { } objection)
            {
                yield return At(protocol.Type, protocol.Name, $"cannot send '{type?.Name ?? "null"}': {objection}");
            }
        }
    }

    private static string? Objection(ProtocolDeclaration protocol, ITypeSymbol? type, bool isNew) => type switch
    {
        _ when !isNew => "it is listed twice",
        { ContainingType: { } outer } when type.IsGenerated() && SymbolEqualityComparer.Default.Equals(outer, protocol.Type) =>
            "the name finds the type that is generated into the protocol; write the message with its namespace",
        not INamedTypeSymbol { TypeKind: TypeKind.Struct } => "it is not a struct",
        _ when !type.IsChannelMessage() => "it is not marked with [ChannelMessage]",
        INamedTypeSymbol named when named.EffectiveAccessibility().Length == 0 =>
            "it, or a type around it, is private or protected; make it internal",
        { DeclaringSyntaxReferences.IsEmpty: true } when protocol.Messages.First(message => SymbolEqualityComparer.Default.Equals(message.Type, type)).Form is null =>
            "its assembly was built without generated code; build that with the package IpMpsc",
        _ => null,
    };
}
