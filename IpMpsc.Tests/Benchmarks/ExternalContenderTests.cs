using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Benchmarks;

/// <summary>Other programs take part in the benchmark as docs/measuring-peers.md describes, and their mistakes are reported.</summary>
[Platform("Linux")]
public sealed partial class ExternalContenderTests
{
    private const string WithoutCount = "echo works wake\nread job\necho ready\nread go\necho done timed=1 nanoseconds=1\nread end\n";
    private const string Miscounting = "echo works wake\nread job\necho ready\nread go\necho done count=1 timed=1 nanoseconds=1\nread end\n";
    private const string Failing = "echo works wake\nread job\necho 'error no room for it'\nread end\n";
    private const string Ending = "echo works wake\nread job\nexit 3\n";

    [Test]
    public async Task TheContenderOfTheDocumentTakesPartInAStream()
    {
        using TestDirectory directory = new();
        string program = Write(directory, Block().Match(Repository.Read("docs/measuring-peers.md")).Groups[1].Value);

        (int exitCode, string output, string errors) = await RunAsync("steadiness", directory, $"a pipe=sh {program}");

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        using JsonDocument report = ReportIn(directory);
        JsonElement piped = report.RootElement.GetProperty("Series").EnumerateArray()
            .Single(static one => one.GetProperty("Contender").GetString() == "a pipe");
        Assert.That(piped.GetProperty("Median").GetDouble(), Is.GreaterThan(0));
        Assert.That(piped.GetProperty("Kind").GetString(), Is.EqualTo("Alternative"));
        Assert.That(piped.GetProperty("Allocated").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase(WithoutCount, "does not say count")]
    [TestCase(Miscounting, "counts 1 messages and not 4")]
    [TestCase(Failing, "error no room for it")]
    [TestCase(Ending, "exit code 3")]
    [TestCase("echo hello\nread end\n", "said \"hello\"")]
    [TestCase("echo works stream\nread end\n", "none of these workloads")]
    public async Task MistakesOfAContenderAreReported(string script, string message)
    {
        using TestDirectory directory = new();

        (int exitCode, _, string errors) = await RunAsync("wake", directory, $"mine=sh {Write(directory, script)}");

        Assert.That(exitCode, Is.EqualTo(1), errors);
        Assert.That(errors, Does.Contain("'mine'").And.Contain(message).And.Not.Contain("   at "));
    }

    [Test]
    public async Task AMissingProgramIsReported()
    {
        using TestDirectory directory = new();

        (int exitCode, _, string errors) = await RunAsync("wake", directory, $"mine={directory["nothing"]}");

        Assert.That(exitCode, Is.EqualTo(1), errors);
        Assert.That(errors, Does.Contain("'mine' has ended, with exit code 127"));
    }

    [Test]
    public async Task TwoContendersWithOneNameAreRefused()
    {
        using TestDirectory directory = new();

        (int exitCode, _, string errors) = await RunAsync("wake", directory, $"Unix socket=sh {Write(directory, Failing)}");

        Assert.That(exitCode, Is.EqualTo(1), errors);
        Assert.That(errors, Does.Contain("two contenders with the name 'Unix socket'"));
    }

    [Test]
    public async Task WithoutACompilerTheLimitsInCAreLeftOutAndNamed()
    {
        using TestDirectory directory = new();
        ProcessStartInfo start = Start("wake", directory);
        start.FileName = Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : Shell.Run("which", "dotnet").Output.Trim();
        start.Environment["PATH"] = directory["nothing"];

        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(start);

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        using JsonDocument report = ReportIn(directory);
        string?[] omissions = [.. report.RootElement.GetProperty("Omissions").EnumerateArray().Select(static one => one.GetString())];
        Assert.That(omissions, Is.EqualTo(["\"C ring\" was left out: gcc is not installed.", "\"protocol in C\" was left out: gcc is not installed.", "\"rep movsb alone\" was left out: gcc is not installed."]));
        Assert.That(File.ReadAllText(Path.Join(directory["out"], "results.md")), Does.Contain(omissions[0]));
    }

    [Test]
    public async Task FiguresOfRoundTripsAreThoseOfTheBestRuns()
    {
        using TestDirectory directory = new();

        (int exitCode, string output, string errors) = await DotnetCommand.RunAsync(Start("roundtrip-states", directory, runs: 4));

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        using JsonDocument report = ReportIn(directory);
        double[] Values(string contender) =>
        [
            .. report.RootElement.GetProperty("Series").EnumerateArray()
                .Single(one => one.GetProperty("Workload").GetString() == "roundtrip-states" && one.GetProperty("Contender").GetString() == contender)
                .GetProperty("Values").EnumerateArray().Select(static value => value.GetDouble()),
        ];
        JsonElement figure = report.RootElement.GetProperty("Figures").EnumerateArray()
            .Single(static one => one.GetProperty("Name").GetString()!.StartsWith("round trip, best quarter", StringComparison.Ordinal));
        double expected = Values("IpMpsc, spinning").Min() / Values("cache line").Min(); // A quarter of four runs is one.
        Assert.That(figure.GetProperty("Measured").GetDouble(), Is.EqualTo(expected).Within(1e-9 * expected));

        // The rounds of all states, and those in which the state changed, are all rounds; one processor has no states.
        int rounds = Rounds().Matches(figure.GetProperty("States").GetString()!).Sum(static state => int.Parse(state.Groups[1].Value, CultureInfo.InvariantCulture));
        Assert.That(rounds, Is.EqualTo(Environment.ProcessorCount > 1 ? 4 : 0));
    }

    private static string Write(TestDirectory directory, string script)
    {
        File.WriteAllText(directory["contender.sh"], script);
        return directory["contender.sh"];
    }

    private static JsonDocument ReportIn(TestDirectory directory) => JsonDocument.Parse(File.ReadAllText(Path.Join(directory["out"], "results.json")));

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(string workload, TestDirectory directory, string contender)
    {
        ProcessStartInfo start = Start(workload, directory);
        start.ArgumentList.Add("--contender");
        start.ArgumentList.Add(contender);
        return DotnetCommand.RunAsync(start);
    }

    private static ProcessStartInfo Start(string workload, TestDirectory directory, int runs = 1) => new(
        "dotnet",
        [
            "exec", Repository.AssemblyOf("IpMpsc.Benchmarks"), "all", "--only", workload,
            "--max-count", "4", "--runs", $"{runs}", "--unpinned", "--output", directory["out"],
        ])
    {
        WorkingDirectory = Repository.Root,
    };

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@" in (\d+)")]
    private static partial Regex Rounds();
}
