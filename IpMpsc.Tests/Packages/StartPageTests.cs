using System.Diagnostics;
using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Packages;

/// <summary>Following docs/start.md to the letter, in an empty folder, gives what the page promises.</summary>
[Category("Package")]
[CancelAfter(300_000)]
[Platform("Linux", Reason = "Runs the commands of the page in a shell")]
public sealed partial class StartPageTests
{
    private PackageFeed _feed = null!;
    private TestDirectory? _channels;
    private string _folder = "";

    [OneTimeSetUp]
    public async Task TakeFeed()
    {
        SharedFeed.RequireRelease();
        _channels = new TestDirectory();
        _feed = await SharedFeed.GetAsync();
        _folder = _feed.CreateFolder("start");
    }

    [OneTimeTearDown]
    public void DeleteChannels() => _channels?.Dispose();

    [Test]
    public async Task PageDoesWhatItSays()
    {
        List<FeedProgram> programs = [];
        int written = 0, checkedOutputs = 0;
        try
        {
            foreach (Match block in Block().Matches(Repository.Read("docs/start.md")))
            {
                string text = block.Groups["text"].Value;
                switch (block.Groups["language"].Value)
                {
                    case "csharp":
                        string file = Path.Join(_folder, block.Groups["file"].Value);
                        Assert.That(file, Does.Exist, "The template creates the file that the page replaces.");
                        File.WriteAllText(file, text);
                        written++;
                        break;
                    case "sh":
                        foreach (string command in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                        {
                            if (await RunAsync(command) is { } program)
                            {
                                programs.Add(program);
                            }
                        }

                        break;
                    case "text":
                        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                        Assert.That(lines.Select(_ => programs[0].Listen()), Is.EqualTo(lines), "The first program prints what the page says.");
                        checkedOutputs++;
                        break;
                    default:
                        Assert.Fail($"This test does not know how to follow this block:\n{block.Value}");
                        break;
                }
            }

            Assert.That((written, programs.Count, checkedOutputs), Is.EqualTo((3, 2, 1)), "The numbers of files, programs and outputs on the page.");
        }
        finally
        {
            programs.ForEach(program => program.Dispose());
        }
    }

    /// <summary>Runs a command to its end; a program that the page starts keeps running and is returned.</summary>
    private async Task<FeedProgram?> RunAsync(string command)
    {
        ProcessStartInfo start = new("sh", ["-c", command])
        {
            WorkingDirectory = _folder,
            Environment =
            {
                ["XDG_RUNTIME_DIR"] = _channels!.Path,
                ["DOTNET_CLI_HOME"] = _feed.CreateFolder("home"), // Only the templates of the SDK.
            },
        };
        if (RunProject().Match(command) is not { Success: true } run)
        {
            (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(start);
            Assert.That(exitCode, Is.Zero, $"{command}\n{output}{errors}");
            return null;
        }

        await PackageFeed.RunAsync(_folder, "build", run.Groups["project"].Value); // So that the wait for its output does not include the compiler.
        return new FeedProgram(command, start);
    }

    [GeneratedRegex("^dotnet run --project (?<project>\\w+)")]
    private static partial Regex RunProject();

    // A fenced block, and the file that the line above it names.
    [GeneratedRegex(@"(?:^Replace the content of `(?<file>[^`]+)`:\n\n)?^```(?<language>\w+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
