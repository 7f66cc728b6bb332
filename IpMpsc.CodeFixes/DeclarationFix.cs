using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.CodeFixes;

/// <summary>A fix that replaces the part of the source around a diagnostic.</summary>
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
    /// <remarks>
    /// One fix after the other on the text that the last one left: two fixes may change the same declaration, such as the
    /// type around two messages or the version of a message with two new fields.
    /// </remarks>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await FixAll(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

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

    private async Task<Document?> FixAll(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken token)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(token).ConfigureAwait(false);
        if (root is null)
        {
            return document;
        }

        (Diagnostic Diagnostic, SyntaxAnnotation Mark)[] all = diagnostics
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => (diagnostic, new SyntaxAnnotation()))
            .ToArray();
        ILookup<SyntaxNode, SyntaxAnnotation> marks = all.ToLookup(
            pair => root.FindNode(pair.Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), pair => pair.Mark);
        root = root.ReplaceNodes(marks.Select(group => group.Key), (old, node) => node.WithAdditionalAnnotations(marks[old]));
        foreach ((Diagnostic diagnostic, SyntaxAnnotation mark) in all)
        {
            if (root.GetAnnotatedNodes(mark).FirstOrDefault() is { } node && Prepare(node, diagnostic) is { } fix)
            {
                root = root.ReplaceNode(fix.Old, fix.Make());
            }
        }

        return document.WithSyntaxRoot(root);
    }

    /// <summary>The node to replace and its replacement; null if there is no fix for this place.</summary>
    private protected abstract Replacement? Prepare(SyntaxNode node, Diagnostic diagnostic);

    private static Task<Document> Apply(Document document, SyntaxNode root, Replacement fix, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(fix.Old, fix.Make())));
    }

    /// <summary>A node, and how to make its replacement.</summary>
    private protected sealed class Replacement(SyntaxNode old, Func<SyntaxNode> make)
    {
        public SyntaxNode Old => old;

        public SyntaxNode Make() => make();
    }
}
