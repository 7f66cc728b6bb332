using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>Between two declarations of a partial struct the language defines no order of fields.</summary>
internal sealed class ScatteredFields : MessageRule
{
    public const string Id = "IPM0006";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "All fields of a message must be in one declaration",
        messageFormat: "The fields of '{0}' are spread over several partial declarations, "
            + "so their order is undefined; move them into one",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        int declarations = message.Members
            .SelectMany(member => member.Symbol.DeclaringSyntaxReferences)
            .Select(reference => reference.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>())
            .Distinct()
            .Count();
        if (declarations > 1)
        {
            yield return At(message.Type, message.Name);
        }
    }
}
