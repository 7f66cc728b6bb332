using System.Text.RegularExpressions;

namespace IpMpsc.Tool.Tests.Screenshots;

/// <summary>
/// A block of docs/tool.md that shows command lines and what they print. A comment before the block says how it is made:
/// <code>&lt;!-- screenshot SCENE [terminal COLUMNS] [until TEXT] [loose] --&gt;</code>
/// </summary>
/// <param name="Scene">The channels that exist.</param>
/// <param name="Columns">Width of the terminal; 0 for a pipe.</param>
/// <param name="Until">The text that must appear before "q" ends the command; empty if it ends by itself.</param>
/// <param name="IsLoose">Whether only the command lines are compared, because the words depend on the machine.</param>
/// <param name="Text">The block, without its fences.</param>
/// <param name="Start">Where it begins in the document.</param>
internal sealed partial record Screenshot(string Scene, int Columns, string Until, bool IsLoose, string Text, int Start)
{
    /// <summary>The command lines, as they are typed.</summary>
    public string[] Prompts => [.. Text.Split('\n').Where(static line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(static line => line[2..])];

    public static IReadOnlyList<Screenshot> AllIn(string document) =>
    [
        .. Block().Matches(document).Select(static match => new Screenshot(
            match.Groups["scene"].Value,
            match.Groups["columns"].Success ? int.Parse(match.Groups["columns"].Value) : 0,
            match.Groups["until"].Value,
            match.Groups["loose"].Success,
            match.Groups["text"].Value,
            match.Groups["text"].Index)),
    ];

    /// <summary>The part of a text that is the same on every machine and at any time: words and their order, without numbers, widths, bars and line breaks.</summary>
    public string Stable(string text)
    {
        if (IsLoose)
        {
            return string.Join('\n', text.Split('\n').Where(static line => line.StartsWith("$ ", StringComparison.Ordinal)));
        }

        string stable = Digits().Replace(text, "0");
        stable = Units().Replace(stable, "0");
        stable = Bars().Replace(stable, "▁");
        stable = Lines().Replace(stable, "─");
        stable = Timely().Replace(stable, "");
        return Blanks().Replace(stable, " ").Trim();
    }

    public override string ToString() => string.Join("; ", Prompts);

    [GeneratedRegex(@"<!-- screenshot (?<scene>\w+)( terminal (?<columns>\d+))?( until (?<until>\S+))?( (?<loose>loose))? -->\n```\n(?<text>.*?)\n?```\n", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f-]{27}|\d[\d,.:]*")]
    private static partial Regex Digits();

    [GeneratedRegex(@"0 ?(B|KiB|MiB|GiB|ns|µs|ms|s|min|h|d|k|M|G)\b")]
    private static partial Regex Units();

    [GeneratedRegex("[▁-█ ]*[▁-█]")]
    private static partial Regex Bars();

    [GeneratedRegex("[─━]+")]
    private static partial Regex Lines();

    /// <summary>What depends on the speed of the machine: how long a state has lasted, its colour, and what a tap missed.</summary>
    [GeneratedRegex(@" for at least 0|missed: 0|\b(green|yellow|red)\b")]
    private static partial Regex Timely();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
