using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
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
    public override FixAllProvider GetFixAllProvider() => BaselineFixAll.Instance;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (BaselineOf(context.Document.Project, diagnostic) is not null)
            {
                string title = TitleOf(diagnostic);
                context.RegisterCodeFix(
                    CodeAction.Create(
                        title,
                        token => ApplyAsync(context.Document.Project.Solution, context.Document.Project.Id, [diagnostic], token),
                        title),
                    diagnostic);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What the fix is called; a Fix All takes those of one name.</summary>
    internal static string TitleOf(Diagnostic diagnostic) => diagnostic.Id == OutdatedBaseline.Id
        ? "Update the schema baseline"
        : "Accept the incompatible change into the schema baseline";

    /// <summary>Writes the current texts of the messages that the diagnostics are about.</summary>
    internal static async Task<Solution> ApplyAsync(
        Solution solution, ProjectId project, IEnumerable<Diagnostic> diagnostics, CancellationToken token)
    {
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(found => found.Properties[SchemaChange.CurrentText], System.StringComparer.Ordinal))
        {
            if (BaselineOf(solution.GetProject(project)!, diagnostic) is { } baseline)
            {
                SourceText text = await baseline.GetTextAsync(token).ConfigureAwait(false);
                string updated = BaselineText.With(text.ToString(), diagnostic.Properties[SchemaChange.CurrentText]!);
                solution = solution.WithAdditionalDocumentText(baseline.Id, SourceText.From(updated, text.Encoding));
            }
        }

        return solution;
    }

    private static TextDocument? BaselineOf(Project project, Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(SchemaChange.BaselinePath, out string? path)
            ? project.AdditionalDocuments.FirstOrDefault(file => (file.FilePath ?? file.Name) == path)
            : null;
}
