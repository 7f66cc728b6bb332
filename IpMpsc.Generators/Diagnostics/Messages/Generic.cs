using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>A generic message would have another layout for every argument under the same name.</summary>
internal sealed class Generic : MessageRule
{
    public const string Id = "IPM0003";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message cannot be generic",
        messageFormat: "'{0}' has type parameters, so its size is not known; "
            + "declare one message for each type that is sent",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message) =>
        from type in message.Type.SelfAndContainingTypes()
        where type.TypeParameters.Length > 0
        select At(type, type.Name);
}
