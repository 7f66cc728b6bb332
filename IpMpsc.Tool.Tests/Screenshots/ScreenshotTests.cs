using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Screenshots;

/// <summary>
/// Every output in docs/tool.md is that of the real command. With the variable IPMPSC_SCREENSHOTS=write, the test writes the output into
/// the document, with the machine on which it ran.
/// </summary>
[Platform("Linux", Reason = "Needs a pseudo-terminal, and shows a directory of Linux")]
public sealed partial class ScreenshotTests : ToolFixture
{
    private const string Path = "docs/tool.md";

    private static bool MustWrite => Environment.GetEnvironmentVariable("IPMPSC_SCREENSHOTS") == "write";

    private static IEnumerable<TestCaseData> All =>
        Screenshot.AllIn(Repository.Read(Path)).Select(static (screenshot, number) => new TestCaseData(number).SetArgDisplayNames(screenshot.ToString()));

    [TestCaseSource(nameof(All))]
    public void TheDocumentShowsWhatTheCommandPrints(int number)
    {
        Screenshot screenshot = Screenshot.AllIn(Repository.Read(Path))[number];
        File.WriteAllText(Files["quotes.json"], """
            {"Instrument":1001,"Bid":100.25,"Ask":100.75,"Venue":"London"}
            {"Instrument":1002,"Bid":"high"}

            """);
        string seen;
        using (Scene.Of(screenshot.Scene))
        {
            seen = new Shell(Files.Path).Run(screenshot);
        }

        if (MustWrite)
        {
            Write(screenshot, seen);
            return;
        }

        Assert.That(
            screenshot.Stable(seen),
            Is.EqualTo(screenshot.Stable(screenshot.Text)),
            $"{Path} shows another output. Renew it with IPMPSC_SCREENSHOTS=write dotnet test IpMpsc.Tool.Tests --filter ScreenshotTests");
    }

    [Test]
    public void EveryCommandHasAScreenshot()
    {
        string prompts = string.Join('\n', Screenshot.AllIn(Repository.Read(Path)).SelectMany(static screenshot => screenshot.Prompts));
        IEnumerable<string> commands = ToolRoot.Create().Subcommands.Where(static command => !command.Hidden).Select(static command => command.Name);

        // A bridge needs a broker, whose tests are elsewhere.
        Assert.That(commands.Where(command => command != "bridge" && !Regex.IsMatch(prompts, $@"\bipmpsc {command}\b")), Is.Empty);
    }

    /// <summary>A block with output but without a comment would have been written by hand.</summary>
    [Test]
    public void NoOutputIsWrittenByHand()
    {
        string document = Repository.Read(Path);
        HashSet<string> made = [.. Screenshot.AllIn(document).Select(static screenshot => screenshot.Text.Trim('\n'))];
        string[] byHand =
        [
            .. Fence().Matches(document).Select(static match => match.Groups[1].Value.Trim('\n'))
                .Where(static text => text.StartsWith("$ ipmpsc", StringComparison.Ordinal) && !text.StartsWith("$ ipmpsc bridge", StringComparison.Ordinal))
                .Where(text => !made.Contains(text) && text.Split('\n').Any(static line => !line.StartsWith("$ ", StringComparison.Ordinal))),
        ];
        Assert.That(byHand, Is.Empty);
    }

    private static void Write(Screenshot screenshot, string seen)
    {
        string file = System.IO.Path.Join(Repository.Root, Path);
        string document = File.ReadAllText(file);
        document = string.Concat(document.AsSpan(0, screenshot.Start), seen, "\n", document.AsSpan(screenshot.Start + screenshot.Text.Length).TrimStart('\n'));
        File.WriteAllText(file, MachineLine().Replace(document, $"<!-- machine -->\n{Machine()}\n"));
    }

    private static string Machine()
    {
        string model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
        return $"Everything that is shown here was printed by the commands, run by the tests on {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, " +
            $"{Environment.ProcessorCount} processors ({model}), .NET {Environment.Version}.";
    }

    [GeneratedRegex("^```\n(.*?)^```\n", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("<!-- machine -->\n.*\n")]
    private static partial Regex MachineLine();
}
