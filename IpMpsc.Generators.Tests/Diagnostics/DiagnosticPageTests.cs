using IpMpsc.Tests.Documentation;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>Every rule is listed, linked and explained, and its examples do what the explanation says.</summary>
public sealed class DiagnosticPageTests
{
    private static IEnumerable<DiagnosticDescriptor> Rules =>
        AnalyzerHarness.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Distinct().OrderBy(rule => rule.Id);

    private static IEnumerable<string> Ids => Rules.Select(rule => rule.Id);

    [Test]
    public void IdsAreUnique() => Assert.That(Ids, Is.Unique);

    [Test]
    public void EveryPageBelongsToARule() =>
        Assert.That(
            Directory.GetFiles(DiagnosticPage.Folder, "IPM*.md").Select(Path.GetFileNameWithoutExtension),
            Is.EquivalentTo(Ids));

    [TestCaseSource(nameof(Rules))]
    public void RuleIsAnnouncedLinkedAndTitled(DiagnosticDescriptor rule)
    {
        string releases = Repository.Read("IpMpsc.Generators/AnalyzerReleases.Unshipped.md");

        Assert.That(releases, Does.Contain($"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} |"));
        Assert.That(rule.HelpLinkUri, Does.EndWith($"/docs/diagnostics/{rule.Id}.md"));
        Assert.That(new DiagnosticPage(rule.Id).Title, Is.EqualTo($"# {rule.Id}: {rule.Title}"));
        Assert.That(
            Repository.Read("docs/diagnostics/README.md"),
            Does.Contain($"| [{rule.Id}]({rule.Id}.md) |").And.Contain(rule.Title.ToString()));
    }

    [TestCaseSource(nameof(Ids))]
    public void OnlyTheWrongExampleTriggersTheRule(string id)
    {
        var page = new DiagnosticPage(id);

        Assert.That(Analyze(page, page.Wrong).Select(found => found.Id), Has.Some.EqualTo(id));
        Assert.That(Analyze(page, page.Right), Is.Empty);
    }

    [Test]
    public void CompilerItselfRefusesAMessageThatIsNotAStruct(
        [Values("partial class M { }", "partial record M(int A);", "partial interface M { }")] string declaration)
    {
        Compilation compilation = GeneratorHarness.Compile("[IpMpsc.ChannelMessage] " + declaration);

        Diagnostic error = GeneratorHarness.Run(compilation).Output.GetDiagnostics().Single();
        Assert.That(error.Id, Is.EqualTo("CS0592"));
        Assert.That(error.GetMessage(), Does.Contain("only valid on 'struct' declarations"));
    }

    private static IEnumerable<Diagnostic> Analyze(DiagnosticPage page, (string Language, string Text) example)
    {
        const string Usings = """
            using System;
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            using IpMpsc;

            """;
        if (example.Language == "text")
        {
            return AnalyzerHarness.Analyze(
                "[IpMpsc.ChannelMessage(Id = 7)] public partial struct Quote { public double Bid; }", new BaselineFile(example.Text));
        }

        if (example.Language == "xml")
        {
            return AnalyzerHarness.Analyze(GeneratorHarness.Compile(
                "[IpMpsc.ChannelMessage] partial struct M { public int A; }",
                example.Text.Contains("LangVersion") ? Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp12 : GeneratorHarness.CSharp14));
        }

        string source = example.Text.Contains("[ChannelMessage")
            ? Usings + example.Text
            : Programs.WithMethod(example.Text);
        return page.Baseline is { } baseline
            ? AnalyzerHarness.Analyze(source, new BaselineFile(baseline))
            : AnalyzerHarness.Analyze(source);
    }
}
