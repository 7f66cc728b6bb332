using System.Collections.Generic;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>The name or the version that is to go into the schema cannot be read from there again.</summary>
internal sealed class InvalidSchemaName : MessageRule
{
    public const string Id = "IPM0012";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message needs a name and a version that a schema can hold",
        messageFormat: "'{0}' cannot be called '{1}' version {2} in a schema; "
            + "a name is identifiers with dots between them, and versions count from 1",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        MessageIdentity identity = message.Identity;
        if (identity.Version == 0 || identity.Name != identity.StatedName)
        {
            yield return At(message.Type, message.Name, identity.StatedName, identity.Version);
        }
    }
}
