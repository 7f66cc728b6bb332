using System.Text.RegularExpressions;

namespace IpMpsc.Tests.Documentation;

/// <summary>The documents are true: samples, counts and links.</summary>
public sealed partial class ReadmeTests
{
    private static IEnumerable<string> Documents =>
        from folder in new[] { "", "docs", "docs/diagnostics", "docs/recipes" }
        from path in Directory.GetFiles(Path.Join(Repository.Root, folder), "*.md")
        select Path.GetRelativePath(Repository.Root, path);

    [Test]
    public void SampleIsTheQuickstart() => Assert.That(
        CSharpBlock().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value),
        Does.Contain(Repository.Read("examples/Quickstart/Program.cs")));

    [Test]
    public void NumberOfDiagnosticsIsTrue() => Assert.That(
        Repository.Read("README.md"),
        Does.Contain($"[{Directory.GetFiles(Path.Join(Repository.Root, "docs/diagnostics"), "IPM*.md").Length} diagnostics]"));

    [TestCaseSource(nameof(Documents))]
    public void LinksLeadSomewhere(string document)
    {
        string folder = Path.GetDirectoryName(Path.Join(Repository.Root, document))!;
        string[] broken = [.. Link().Matches(Repository.Read(document))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !IsThere(folder, target))];

        Assert.That(broken, Is.Empty);

        bool IsThere(string from, string target)
        {
            string[] parts = target.Split('#');
            string file = Path.GetFullPath(parts[0].Length == 0 ? Path.GetFileName(document) : parts[0], from);
            return Path.Exists(file) && (parts.Length == 1 || AnchorsOf(file).Contains(parts[1]));
        }
    }

    /// <summary>The anchors of headings, as GitHub forms them.</summary>
    private static IEnumerable<string> AnchorsOf(string file) =>
        from heading in Heading().Matches(File.ReadAllText(file))
        select NoAnchor().Replace(heading.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();
}
