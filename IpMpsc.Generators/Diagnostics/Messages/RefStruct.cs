using System.Collections.Generic;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>A struct that cannot leave the stack cannot be received.</summary>
internal sealed class RefStruct : MessageRule
{
    public const string Id = "IPM0002";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message must be a struct that can be stored",
        messageFormat: "'{0}' is a ref struct, which cannot be the type of a channel; declare it as a plain struct",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (message.Type.IsRefLikeType)
        {
            yield return At(message.Type, message.Name);
        }
    }
}
