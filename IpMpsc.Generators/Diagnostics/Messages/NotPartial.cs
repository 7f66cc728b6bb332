using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>Nothing can be added to the message, because it or a type around it is not partial.</summary>
internal sealed class NotPartial : DeclarationRule<IDeclaration>
{
    public const string Id = "IPM0001";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message must be partial",
        messageFormat: "'{0}' must be declared partial, because its readers and writers are generated into it",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(IDeclaration declaration) =>
        from type in declaration.Type.SelfAndContainingTypes()
        where !type.IsPartial()
        select At(type, type.Name);
}
