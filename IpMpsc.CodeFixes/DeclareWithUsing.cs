using System.Composition;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IpMpsc.CodeFixes;

/// <summary>Disposes a message or claim at the end of its block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeclareWithUsing))]
[Shared]
public sealed class DeclareWithUsing()
    : DeclarationFix("Declare with 'using'", UnreleasedMessage.Id, UnreleasedHeldMessage.Id, LeakedClaim.Id, ClaimLostByException.Id)
{
    private protected override Replacement? Prepare(SyntaxNode node, Diagnostic diagnostic) =>
        node.FirstAncestorOrSelf<StatementSyntax>() is LocalDeclarationStatementSyntax
        {
            UsingKeyword.RawKind: 0,
            Declaration.Variables: { Count: 1 } variables,
        } declaration
        && variables[0].Initializer?.Value == node
        && !IsAssignedAgain(variables[0])
            ? new Replacement(declaration, () => WithUsing(declaration))
            : null;

    // A variable that is declared with 'using' cannot be assigned or passed by reference.
    private static bool IsAssignedAgain(VariableDeclaratorSyntax variable) =>
        variable.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()!.Parent!.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Identifier.ValueText)
            .Any(name => name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name
                || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword });

    private static LocalDeclarationStatementSyntax WithUsing(LocalDeclarationStatementSyntax declaration) =>
        declaration.WithoutLeadingTrivia().WithUsingKeyword(
            SyntaxFactory.Token(SyntaxKind.UsingKeyword)
                .WithLeadingTrivia(declaration.GetLeadingTrivia())
                .WithTrailingTrivia(SyntaxFactory.Space));
}
