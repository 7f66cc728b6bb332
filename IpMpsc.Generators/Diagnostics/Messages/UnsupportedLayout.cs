using System.Collections.Generic;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>The message asks for a layout other than the one of its wire format.</summary>
internal sealed class UnsupportedLayout : MessageRule
{
    public const string Id = "IPM0005";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message has the layout of its wire format",
        messageFormat: "'{0}' asks for {1}; "
            + "the fields of a message lie in declaration order with their natural alignment",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (StructLayouts.Objection(message.Type) is { } objection)
        {
            yield return At(message.Type, message.Name, objection);
        }

        if (message.Type.FindAttribute(KnownNames.InlineArray) is not null)
        {
            yield return At(message.Type, message.Name, "the layout of an inline array");
        }
    }
}
