using System.Composition;
using IpMpsc.Generators.Diagnostics.Lifetimes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.CodeFixes;

/// <summary>Commits a claim at the end of its block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddCommit))]
[Shared]
public sealed class AddCommit() : DeclarationFix("Commit at the end of the block", UncommittedClaim.Id)
{
    private protected override Replacement? Prepare(SyntaxNode node, Diagnostic diagnostic)
    {
        string? name = node.FirstAncestorOrSelf<VariableDeclaratorSyntax>()?.Identifier.Text;
        BlockSyntax? block = node.FirstAncestorOrSelf<StatementSyntax>() switch
        {
            UsingStatementSyntax { Statement: BlockSyntax body } => body,
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0, Parent: BlockSyntax around } => around,
            _ => null,
        };
        return name is not null && block is not null ? new Replacement(block, () => WithCommit(block, name)) : null;
    }

    private static BlockSyntax WithCommit(BlockSyntax block, string name)
    {
        StatementSyntax commit = SyntaxFactory.ParseStatement($"{name}.Commit();");
        int end = block.Statements.Count;
        if (end == 0)
        {
            return block.WithStatements([commit.WithTrailingTrivia(SyntaxFactory.Space)]);
        }

        // Code behind a jump never runs.
        StatementSyntax last = block.Statements[end - 1];
        if (last is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax
            or GotoStatementSyntax)
        {
            end--;
        }

        bool isOnOneLine = !block.ToString().Contains("\n");
        commit = isOnOneLine
            ? commit.WithTrailingTrivia(SyntaxFactory.Space)
            : commit.WithLeadingTrivia(last.Indentation()).WithTrailingTrivia(block.LineEnd());
        return block.WithStatements(block.Statements.Insert(end, commit));
    }
}
