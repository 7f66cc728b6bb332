using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>A type of one source file cannot be continued in a generated one.</summary>
internal sealed class FileLocal : DeclarationRule<IDeclaration>
{
    public const string Id = "IPM0009";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message cannot be local to a file",
        messageFormat: "'{0}' is local to its file, so nothing can be generated for it; declare it internal",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(IDeclaration declaration) =>
        from type in declaration.Type.SelfAndContainingTypes()
        where type.IsFileLocal
        select At(type, type.Name);
}
