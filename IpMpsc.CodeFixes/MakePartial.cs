using System.Composition;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Messages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.CodeFixes;

/// <summary>Makes a message and all types around it partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartial))]
[Shared]
public sealed class MakePartial() : DeclarationFix("Make partial", NotPartial.Id)
{
    private protected override Replacement? Prepare(SyntaxNode node, Diagnostic diagnostic)
    {
        TypeDeclarationSyntax[] types = node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .ToArray();
        return types.LastOrDefault() is { } outermost
            ? new Replacement(outermost, () => outermost.ReplaceNodes(types, (_, type) => WithPartial(type)))
            : null;
    }

    // "partial" stands directly before "struct" or "class", so it may become the first token and get the comments.
    private static TypeDeclarationSyntax WithPartial(TypeDeclarationSyntax type)
    {
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return type.Modifiers.Count > 0
            ? type.AddModifiers(partial)
            : type.WithKeyword(type.Keyword.WithLeadingTrivia())
                .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)));
    }
}
