using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.CodeFixes;

/// <summary>
/// Writes all messages of a document, project or solution into their baselines, one after the other: they share a file, so changes
/// that are made side by side could not be merged.
/// </summary>
internal sealed class BaselineFixAll : FixAllProvider
{
    public static BaselineFixAll Instance { get; } = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() =>
        [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        var found = new List<(ProjectId Project, ImmutableArray<Diagnostic> Diagnostics)>();
        IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
        foreach (Project project in projects)
        {
            ImmutableArray<Diagnostic> diagnostics = context.Scope == FixAllScope.Document && context.Document is { } document
                ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            found.Add((project.Id, [.. diagnostics.Where(diagnostic => UpdateBaseline.TitleOf(diagnostic) == context.CodeActionEquivalenceKey)]));
        }

        return CodeAction.Create(
            context.CodeActionEquivalenceKey!,
            async token =>
            {
                Solution solution = context.Solution;
                foreach ((ProjectId project, ImmutableArray<Diagnostic> diagnostics) in found)
                {
                    solution = await UpdateBaseline.ApplyAsync(solution, project, diagnostics, token).ConfigureAwait(false);
                }

                return solution;
            },
            context.CodeActionEquivalenceKey);
    }
}
