using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Protocols;

/// <summary>Two messages of a protocol carry the same id, so a receiver could not tell them apart.</summary>
internal sealed class DuplicateMessageId : ProtocolRule
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

    public override IEnumerable<Diagnostic> Check(ProtocolDeclaration protocol) =>
        from message in protocol.Messages
        group message.Name by message.Identity.Id into types
        where types.Count() > 1
        select At(protocol.Type, protocol.Name, string.Join(" and ", types.Select(name => $"'{name}'")), types.Key);
}
