using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.Generators.Tests;

/// <summary>Applies a code fix to the last diagnostic that it fixes, as an editor would.</summary>
internal static class CodeFixHarness
{
    /// <summary>The source behind the fix, and the baseline; null if no fix is offered.</summary>
    public static (string Source, string? Baseline)? Apply(CodeFixProvider fix, string source, string? baseline = null)
    {
        AdditionalText[] files = baseline is null ? [] : [new BaselineFile(baseline)];
        Diagnostic diagnostic = AnalyzerHarness.Analyze(source, files)
            .Last(found => fix.FixableDiagnosticIds.Contains(found.Id));

        using var workspace = new AdhocWorkspace();
        Project project = workspace.AddProject("Consumer", LanguageNames.CSharp);
        if (baseline is not null)
        {
            project = project.AddAdditionalDocument(files[0].Path, baseline, filePath: files[0].Path).Project;
        }

        Document document = project.AddDocument(GeneratorHarness.ConsumerFile, source);
        List<CodeAction> actions = [];
        var context = new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None);
        fix.RegisterCodeFixesAsync(context).GetAwaiter().GetResult();
        if (actions.Count == 0)
        {
            return null;
        }

        Solution solution = actions.Single().GetOperationsAsync(CancellationToken.None).GetAwaiter().GetResult()
            .OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (
            TextOf(solution.GetDocument(document.Id)!),
            project.AdditionalDocumentIds.Select(id => TextOf(solution.GetAdditionalDocument(id)!)).FirstOrDefault());
    }

    private static string TextOf(TextDocument document) => document.GetTextAsync().GetAwaiter().GetResult().ToString();
}
