using System.CommandLine;
using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Tests;

/// <summary>docs/tool.md is complete, and its command lines are valid.</summary>
public sealed partial class ToolDocumentTests
{
    private static readonly string s_document = Repository.Read("docs/tool.md");

    [Test]
    public void EveryExitCodeIsListed()
    {
        int table = s_document.IndexOf("| exit code |", StringComparison.Ordinal);
        int end = s_document.IndexOf("\n\n", table, StringComparison.Ordinal);

        Assert.That(
            ExitCodeRow().Matches(s_document[table..end]).Select(row => int.Parse(row.Groups[1].Value)),
            Is.EqualTo(Enum.GetValues<ExitCode>().Select(code => (int)code)));
    }

    [Test]
    public void EveryCommandIsListed() =>
        Assert.That(
            CommandRow().Matches(Table("| command |")).Select(row => row.Groups[1].Value),
            Is.EqualTo(ToolRoot.Create().Subcommands.Where(command => !command.Hidden).Select(command => command.Name)));

    /// <summary>Each command line in it is valid.</summary>
    [Test]
    public void EveryCommandLineIsValid()
    {
        string[] lines = [.. Prompt().Matches(s_document).Select(prompt => prompt.Groups[1].Value)];

        Assert.That(lines, Has.Length.GreaterThan(8));
        Assert.That(lines.SelectMany(line => ToolRoot.Create().Parse(line).Errors), Is.Empty);
    }

    private static string Table(string head)
    {
        int start = s_document.IndexOf(head, StringComparison.Ordinal);
        return s_document[start..s_document.IndexOf("\n\n", start, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex ExitCodeRow();

    [GeneratedRegex(@"^\| `([a-z]+)[^`]*` \| .* \| .* \|$", RegexOptions.Multiline)]
    private static partial Regex CommandRow();

    [GeneratedRegex(@"^\$ ipmpsc ([^|<>\n]*)", RegexOptions.Multiline)]
    private static partial Regex Prompt();
}
