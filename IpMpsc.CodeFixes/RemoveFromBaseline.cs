using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using IpMpsc.Generators.Diagnostics.Baseline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.CodeFixes;

/// <summary>Deletes a message that the project no longer has from the schema baseline.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveFromBaseline), DocumentKinds = [nameof(TextDocumentKind.AdditionalDocument)])]
[Shared]
public sealed class RemoveFromBaseline : CodeFixProvider
{
    private const string Title = "Delete the message from the schema baseline";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RemovedMessage.Id];

    /// <inheritdoc/>
    /// <remarks>None: each message needs the thought whether a program still sends it.</remarks>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        TextDocument baseline = context.TextDocument;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            string name = diagnostic.Properties[RemovedMessage.Name]!;
            context.RegisterCodeFix(
                CodeAction.Create(
                    Title,
                    async token =>
                    {
                        SourceText text = await baseline.GetTextAsync(token).ConfigureAwait(false);
                        return baseline.Project.Solution.WithAdditionalDocumentText(
                            baseline.Id, SourceText.From(BaselineText.Without(text.ToString(), name), text.Encoding));
                    },
                    Title),
                diagnostic);
        }

        return Task.CompletedTask;
    }
}
