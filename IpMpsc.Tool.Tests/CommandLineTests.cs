using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary>What all commands have in common.</summary>
public sealed class CommandLineTests : ToolFixture
{
    private static IEnumerable<string> Commands =>
        ToolRoot.Create().Subcommands.Where(command => !command.Hidden).Select(command => command.Name);

    [TestCaseSource(nameof(Commands))]
    public void HelpHasAnExample(string command)
    {
        string output = ToolProcess.Run(command, "--help").Expect(ExitCode.Success).Output;

        Assert.That(output, Does.Contain($"ipmpsc {command}").And.Contain("--json"));
        Assert.That(output, Does.Match(@$"Example:\n  .*\bipmpsc {command}\b"));
    }

    /// <summary>Each example is a valid command line.</summary>
    [TestCaseSource(nameof(Commands))]
    public void ExamplesAreValidCommandLines(string command)
    {
        string example = ((ToolCommand)ToolRoot.Create().Subcommands.Single(other => other.Name == command)).Example;
        string line = example[(example.IndexOf("ipmpsc ", StringComparison.Ordinal) + "ipmpsc ".Length)..].Split('|', '<', ')')[0];

        ParseResult result = ToolRoot.Create().Parse(line);

        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.CommandResult.Command.Name, Is.EqualTo(command));
    }

    [Test]
    public void HelpListsTheCommands()
    {
        string output = ToolProcess.Run("--help").Expect(ExitCode.Success).Output;

        foreach (string command in Commands)
        {
            Assert.That(output, Does.Match($@"\n  {command}\b"));
        }

        Assert.That(output, Does.Not.Contain("bench-peer").And.Contain("Example:\n  ipmpsc list\n"));
    }

    [Test]
    public void NoCommandPrintsWhereToBegin()
    {
        string output = ToolProcess.Run().Expect(ExitCode.Success).Output;

        foreach ((string example, _) in ShortHelp.Examples)
        {
            Assert.That(output, Does.Contain($"\n  {example} "));
            Assert.That(ToolRoot.Create().Parse(example["ipmpsc ".Length..]).Errors, Is.Empty);
        }

        Assert.That(output, Does.Contain("ipmpsc --help"));
        ToolProcess.Run("--json").ExpectFailure(ExitCode.Usage);
    }

    [TestCase("lsit"), TestCase("peek"), TestCase("peek", "quotes", "--bogus"), TestCase("peek", "--bogus"), TestCase("top", "--bogus")]
    [TestCase("peek", "quotes", "-n", "0"), TestCase("peek", "quotes", "-n", "many"), TestCase("top", "--interval", "-1"), TestCase("bench", "--seconds", "0")]
    [TestCase("peek", "no/../.."), TestCase("peek", "a b"), TestCase("completions", "csh"), TestCase("list", "quotes")]
    public void AWrongCommandLineIsExplained(params string[] arguments)
    {
        ToolProcess.Run(arguments).ExpectFailure(ExitCode.Usage);
        JsonElement error = ToolProcess.Run([.. arguments, "--json"]).Expect(ExitCode.Usage).JsonError;
        Assert.That(error.GetProperty("exitCode").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void AnUnknownCommandSuggestsTheNearest()
    {
        ToolProcess.Run("lsit").ExpectFailure(ExitCode.Usage, "'lsit'", "Did you mean 'list'?");
        ToolProcess.Run("tail", "quotes").ExpectFailure(ExitCode.Usage, "'tail'", "Did you mean 'tap'?");
        Assert.That(ToolProcess.Run("frobnicate").Expect(ExitCode.Usage).Errors, Does.Not.Contain("Did you mean"));
    }

    [Test]
    public void FilesAndPipesGetNoColours()
    {
        CreateQuotes("quotes", 1);

        foreach (string[] arguments in (string[][])[["list"], ["inspect", "quotes"], ["doctor"], ["top", "-n", "1"], ["peek", "quotes"]])
        {
            Assert.That(ToolProcess.Run(arguments).Expect(ExitCode.Success).Output, Does.Not.Contain("\e"));
        }
    }

    [Test]
    public void CommandsOptionsAndChannelsAreCompleted()
    {
        CreateQuotes("quotes", 0);
        CreateQuotes("raw", 0);

        Assert.That(Complete("ipmpsc ins"), Is.EqualTo(new[] { "inspect" }));
        Assert.That(Complete("ipmpsc inspect q"), Is.EqualTo(new[] { "quotes" }));
        Assert.That(Complete("ipmpsc receive quotes --h"), Does.Contain("--hex"));
    }

    [Test]
    public void TheScriptTeachesBash()
    {
        if (!File.Exists("/bin/bash"))
        {
            Assert.Ignore("bash is not installed.");
        }

        CreateQuotes("quotes", 0);
        string tool = string.Join(' ', ToolProcess.CommandLine().Select(word => $"'{word}'"));
        string script =
            $$"""
            ipmpsc() { {{tool}} "$@"; }
            eval "$(ipmpsc completions bash)"
            COMP_LINE='ipmpsc peek qu' COMP_POINT=14 COMP_WORDS=(ipmpsc peek qu) COMP_CWORD=2
            _ipmpsc
            echo "${COMPREPLY[*]}"
            """;
        using Process bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script]) { RedirectStandardOutput = true })!;

        Assert.That(bash.StandardOutput.ReadToEnd(), Is.EqualTo("quotes\n"));
    }

    [Test]
    public void EveryShellHasItsScript([Values("bash", "zsh", "fish", "pwsh")] string shell) =>
        Assert.That(
            ToolProcess.Run("completions", shell, "--json").Expect(ExitCode.Success).Json.GetProperty("script").GetString(),
            Does.Contain("[suggest:"));

    private static string[] Complete(string line) => ToolProcess.Run($"[suggest:{line.Length}]", line).Expect(ExitCode.Success).Lines;
}
