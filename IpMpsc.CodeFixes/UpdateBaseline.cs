using System.Collections.Immutable;
using System.Composition;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IpMpsc.Generators.Diagnostics.Baseline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.CodeFixes;

/// <summary>Writes a message into the schema baseline as it is now.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UpdateBaseline))]
[Shared]
public sealed class UpdateBaseline : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [OutdatedBaseline.Id, RemovedField.Id, MovedField.Id, RetypedField.Id];

    /// <inheritdoc/>
    /// <remarks>None: all messages are in one file, where changes that were made side by side cannot be merged.</remarks>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(SchemaChange.CurrentText, out string? current)
                && diagnostic.Properties.TryGetValue(SchemaChange.BaselinePath, out string? path)
                && context.Document.Project.AdditionalDocuments.FirstOrDefault(file => (file.FilePath ?? file.Name) == path)
                    is { } baseline)
            {
                string title = diagnostic.Id == OutdatedBaseline.Id
                    ? "Update the schema baseline"
                    : "Accept the incompatible change into the schema baseline";
                context.RegisterCodeFix(
                    CodeAction.Create(title, token => Apply(baseline, current!, token), title), diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    private static async Task<Solution> Apply(TextDocument baseline, string current, CancellationToken token)
    {
        SourceText text = await baseline.GetTextAsync(token).ConfigureAwait(false);
        return baseline.Project.Solution.WithAdditionalDocumentText(
            baseline.Id, SourceText.From(BaselineText.With(text.ToString(), current), text.Encoding));
    }
}
