using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Generators.Tests;

/// <summary>A page of docs/diagnostics.</summary>
internal sealed partial class DiagnosticPage(string id)
{
    public static string Folder { get; } = Path.Join(Repository.Root, "docs/diagnostics");

    public string Text { get; } = File.ReadAllText(Path.Combine(Folder, id + ".md"));

    public string Title => Text.Split('\n')[0];

    /// <summary>The baseline of the examples, if they need one.</summary>
    public string? Baseline => Examples.GetValueOrDefault("Baseline").Text;

    public (string Language, string Text) Wrong => Examples["Wrong"];

    public (string Language, string Text) Right => Examples["Right"];

    private Dictionary<string, (string Language, string Text)> Examples => Example.Matches(Text).ToDictionary(
        match => match.Groups["heading"].Value,
        match => (match.Groups["language"].Value, match.Groups["text"].Value));

    [GeneratedRegex(@"^## (?<heading>\w+)\n\n```(?<language>\w+)\n(?<text>.*?)```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example { get; }
}
