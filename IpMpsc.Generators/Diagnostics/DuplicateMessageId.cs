using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>Two messages of a protocol carry the same id, so a receiver could not tell them apart.</summary>
internal sealed class DuplicateMessageId : MessageRule
{
    public const string Id = "IPM0015";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "The messages of a protocol have different ids",
        messageFormat: "In protocol '{0}' the messages {1} have the same id {2}; "
            + "give one of them another with [ChannelMessage(Id = ...)]",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(INamedTypeSymbol message) =>
        from type in ProtocolMessages.Of(message).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
        where type.IsChannelMessage()
        group type.Name by MessageIdentity.Of(type).Id into types
        where types.Count() > 1
        select At(message, message.Name, string.Join(" and ", types.Select(name => $"'{name}'")), types.Key);
}
