using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>A message with variable fields is read field by field, so each of them must be settable.</summary>
internal sealed class UnsettableField : MessageRule
{
    public const string Id = "IPM0008";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A field of a message with variable fields must be settable",
        messageFormat: "'{0}' cannot be set when '{1}' is read; "
            + "make it a field that is not readonly, or a property with 'init' or 'set'",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message) =>
        message.Layout is { IsImage: false }
            ? from member in message.Members
              where !member.IsSettable
              select At(member.Symbol, member.Name, message.Name)
            : [];
}
