using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>The parameters of a primary constructor become fields where anything uses them.</summary>
internal sealed class PrimaryConstructor : MessageRule
{
    public const string Id = "IPM0010";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message that is not a record cannot have a primary constructor",
        messageFormat: "The constructor parameters of '{0}' may become hidden fields; "
            + "declare it as a record struct, or its fields by name",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (!message.Type.IsRecord && message.Type.Declarations().Any(declaration => declaration.ParameterList is not null))
        {
            yield return At(message.Type, message.Name);
        }
    }
}
