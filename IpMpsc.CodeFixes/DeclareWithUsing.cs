using System.Composition;
using IpMpsc.Generators.Diagnostics.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.CodeFixes;

/// <summary>Disposes a message or claim at the end of its block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareWithUsing))]
[Shared]
public sealed class DeclareWithUsing() : DeclarationFix("Declare with 'using'", UnreleasedMessage.Id, LeakedClaim.Id)
{
    private protected override Replacement? Prepare(SyntaxNode node, Diagnostic diagnostic) =>
        node.FirstAncestorOrSelf<StatementSyntax>() is LocalDeclarationStatementSyntax
        {
            UsingKeyword.RawKind: 0,
            Declaration.Variables: { Count: 1 } variables,
        } declaration
        && variables[0].Initializer?.Value == node
            ? new Replacement(declaration, () => WithUsing(declaration))
            : null;

    private static LocalDeclarationStatementSyntax WithUsing(LocalDeclarationStatementSyntax declaration) =>
        declaration.WithoutLeadingTrivia().WithUsingKeyword(
            SyntaxFactory.Token(SyntaxKind.UsingKeyword)
                .WithLeadingTrivia(declaration.GetLeadingTrivia())
                .WithTrailingTrivia(SyntaxFactory.Space));
}
