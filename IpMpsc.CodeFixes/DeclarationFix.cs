using System;
using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.CodeFixes;

/// <summary>A fix that replaces a part of the source around the diagnostic.</summary>
public abstract class DeclarationFix : CodeFixProvider
{
    private readonly string _title;

    private protected DeclarationFix(string title, params string[] ids)
    {
        _title = title;
        FixableDiagnosticIds = [.. ids];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Prepare(node, diagnostic) is { } fix)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(_title, token => Apply(context.Document, root, fix, token), _title), diagnostic);
            }
        }
    }

    /// <summary>What to replace and with what; null if there is no fix for this place.</summary>
    private protected abstract Replacement? Prepare(SyntaxNode node, Diagnostic diagnostic);

    private static Task<Document> Apply(Document document, SyntaxNode root, Replacement fix, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(fix.Old, fix.Make())));
    }

    /// <summary>A node, and what is to stand in its place.</summary>
    private protected sealed class Replacement(SyntaxNode old, Func<SyntaxNode> make)
    {
        public SyntaxNode Old => old;

        public SyntaxNode Make() => make();
    }
}
