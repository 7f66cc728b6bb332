using System.Composition;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace IpMpsc.CodeFixes;

/// <summary>
/// Disposes what an attempt such as <c>TryClaim(out var claim)</c> hands out: wraps the statements that run when it succeeds in
/// <c>using (claim) { ... }</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WrapInUsing))]
[Shared]
public sealed class WrapInUsing()
    : DeclarationFix("Wrap in 'using'", UnreleasedMessage.Id, UnreleasedHeldMessage.Id, LeakedClaim.Id, ClaimLostByException.Id)
{
    private protected override Replacement? Prepare(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node is not InvocationExpressionSyntax call || NameOf(call) is not { } name)
        {
            return null;
        }

        return node.Parent switch
        {
            IfStatementSyntax { Else: null, Statement: BlockSyntax body } => WrapAll(body, name),
            WhileStatementSyntax { Statement: BlockSyntax body } => WrapAll(body, name),
            PrefixUnaryExpressionSyntax { Parent: IfStatementSyntax { Else: null, Parent: BlockSyntax around } guard } negation
                when negation.IsKind(SyntaxKind.LogicalNotExpression) && EndsInJump(guard.Statement) =>
                WrapRest(around, around.Statements.IndexOf(guard) + 1, name),
            _ => null,
        };
    }

    private static Replacement WrapAll(BlockSyntax body, string name) =>
        new(body, () => body.WithStatements([Wrap(body.Statements, name)]));

    private static Replacement? WrapRest(BlockSyntax around, int first, string name)
    {
        SyntaxList<StatementSyntax> rest = SyntaxFactory.List(around.Statements.Skip(first));
        return rest.Count > 0 && !rest.Any(statement => statement is LocalFunctionStatementSyntax or LabeledStatementSyntax)
            ? new Replacement(around, () => around.WithStatements([.. around.Statements.Take(first), Wrap(rest, name)]))
            : null;
    }

    private static StatementSyntax Wrap(SyntaxList<StatementSyntax> statements, string name) =>
        SyntaxFactory.UsingStatement(null, SyntaxFactory.IdentifierName(name), SyntaxFactory.Block(statements))
            .WithAdditionalAnnotations(Formatter.Annotation);

    private static bool EndsInJump(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => EndsInJump(statements[statements.Count - 1]),
        ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        _ => false,
    };

    private static string? NameOf(InvocationExpressionSyntax call) => call.ArgumentList.Arguments
        .Where(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword))
        .Select(argument => (argument.Expression as DeclarationExpressionSyntax)?.Designation)
        .OfType<SingleVariableDesignationSyntax>()
        .FirstOrDefault()?.Identifier.Text;
}
