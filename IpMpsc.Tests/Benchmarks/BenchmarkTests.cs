using System.Text.Json;
using System.Xml.Linq;
using IpMpsc.Tests.Documentation;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Benchmarks;

/// <summary>
/// The benchmark moves a few messages through every workload and writes the reports that it promises. Speed does not matter here.
/// </summary>
public sealed class BenchmarkTests
{
    private static readonly string[] s_few = ["--max-count", "40", "--runs", "1", "--unpinned"];

    /// <summary>Parts of the names of figures that need more than one run.</summary>
    private static readonly string[] s_ofManyRuns = ["quarter of 20 runs", "in a slow state"];

    [Test]
    public async Task AllWorkloadsAreMeasuredAndReported()
    {
        using TestDirectory directory = new();
        (int exitCode, string output, string errors) = await RunAsync(["all", .. s_few, "--output", directory["out"]]);
        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Join(directory["out"], "results.json")));
        JsonElement[] series = [.. json.RootElement.GetProperty("Series").EnumerateArray()];
        Assert.That(series, Has.Length.GreaterThan(60));
        Assert.That(series, Has.All.Matches<JsonElement>(static one => one.GetProperty("Values").GetArrayLength() == 1));
        Assert.That(
            series.Where(static one => one.GetProperty("Workload").GetString() != "idle"),
            Has.All.Matches<JsonElement>(static one => one.GetProperty("Median").GetDouble() > 0));

        JsonElement[] figures = [.. json.RootElement.GetProperty("Figures").EnumerateArray()];
        Assert.That(figures, Has.Length.EqualTo(38));
        string?[] omissions = [.. json.RootElement.GetProperty("Omissions").EnumerateArray().Select(static one => one.GetString())];
        Assert.That(omissions, Has.All.Contains("gcc is not installed").Or.Contains("for Linux"));
        bool hasCompiler = omissions.Length == 0;
        Assert.That(
            from figure in figures
            where IsNull(figure, "Measured")
            let name = figure.GetProperty("Name").GetString()
            where !s_ofManyRuns.Any(name.Contains) && (hasCompiler || !(name.Contains("a C ring") || name.Contains("in C")))
            select name,
            Is.Empty);

        if (hasCompiler)
        {
            Assert.That(
                series.Where(static one => one.GetProperty("Contender").GetString() == "C ring").Select(static one => one.GetProperty("Workload").GetString()),
                Is.SupersetOf(["stream", "steadiness", "lines", "size-256", "roundtrip", "roundtrip-states"]));
            Assert.That(
                series.Where(static one => one.GetProperty("Contender").GetString()!.StartsWith("protocol in C", StringComparison.Ordinal))
                    .Select(static one => one.GetProperty("Workload").GetString()),
                Is.EquivalentTo(["stream", "stream", "steadiness", "lines", "roundtrip", "roundtrip-states"]));
        }

        string page = File.ReadAllText(Path.Join(directory["out"], "results.md"));
        Assert.That(page.Split('\n').Count(static line => line.StartsWith('|')), Is.GreaterThan(series.Length + figures.Length));

        string[] charts = Directory.GetFiles(directory["out"], "*.svg");
        Assert.That(charts.Select(Path.GetFileName), Is.SupersetOf(["stream.svg", "roundtrip-latency.svg", "sizes.svg", "senders-lines.svg"]));
        foreach (string chart in charts)
        {
            Assert.That(XDocument.Load(chart).Root!.Name.LocalName, Is.EqualTo("svg"), chart);
        }
    }

    /// <summary>The limits in C check every message. In these runs each ring is filled and begins several laps, and a batch meets the end of one.</summary>
    [TestCase("stream")]
    [TestCase("lines")]
    [Platform("Linux")]
    public async Task TheRingsInCGoOnBehindTheEndOfALap(string workload)
    {
        using TestDirectory directory = new();
        (int exitCode, string output, string errors) = await RunAsync(
            ["all", "--only", workload, "--max-count", "60000", "--runs", "1", "--unpinned", "--output", directory["out"]]);
        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Join(directory["out"], "results.json")));
        if (json.RootElement.GetProperty("Omissions").GetArrayLength() > 0)
        {
            Assert.Ignore("gcc is not installed.");
        }

        JsonElement[] floors =
        [
            .. from figure in json.RootElement.GetProperty("Figures").EnumerateArray()
               let name = figure.GetProperty("Name").GetString()
               where name.Contains("in C") && !IsNull(figure, "Measured")
               select figure,
        ];
        Assert.That(floors, Has.Length.EqualTo(workload == "stream" ? 4 : 2));
        Assert.That(floors, Has.All.Matches<JsonElement>(static floor => floor.GetProperty("BoundText").GetString() == "-" && IsNull(floor, "IsReached")));
    }

    [Test]
    public async Task ChartsOfTheDocumentsShowTheirResults()
    {
        using TestDirectory directory = new();
        string documents = Path.Join(Repository.Root, "docs/performance");
        (int exitCode, string output, string errors) = await RunAsync(["draw", Path.Join(documents, "results.json"), "--output", directory["out"]]);
        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");

        string[] charts = [.. Directory.GetFiles(documents, "*.svg").Select(Path.GetFileName).Order()!];
        Assert.That(Directory.GetFiles(directory["out"]).Select(Path.GetFileName).Order(), Is.EqualTo(charts));
        foreach (string chart in charts)
        {
            Assert.That(File.ReadAllText(Path.Join(directory["out"], chart)), Is.EqualTo(File.ReadAllText(Path.Join(documents, chart))), chart);
        }
    }

    /// <summary>The other workloads on demand consist of the same parts.</summary>
    [TestCase("paced", 14, "waking one sleeper")]
    [TestCase("sets", 9, "waking a set of 10,000 channels, against epoll")]
    [Platform("Linux", Reason = "Uses futexes and epoll")]
    public async Task LongWorkloadsAreMeasuredOnDemand(string word, int contenders, string judged)
    {
        const int Descriptors = 12_000;
        if (long.TryParse(Shell.Run("sh", "-c", "ulimit -Hn").Output, out long limit) && limit < Descriptors)
        {
            Assert.Ignore($"This process may open {limit} files, but the test needs {Descriptors}.");
        }

        using TestDirectory directory = new();
        (int exitCode, string output, string errors) = await RunAsync([word, .. s_few, "--output", directory["out"]]);
        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Join(directory["out"], "results.json")));
        JsonElement[] series = [.. json.RootElement.GetProperty("Series").EnumerateArray()];
        Assert.That(series, Has.Length.EqualTo(contenders));
        Assert.That(series, Has.All.Matches<JsonElement>(static one => one.GetProperty("Median").GetDouble() > 0));
        Assert.That(
            json.RootElement.GetProperty("Figures").EnumerateArray().Single(figure => figure.GetProperty("Name").GetString()!.StartsWith(judged, StringComparison.Ordinal))
                .GetProperty("Measured").GetDouble(),
            Is.GreaterThan(0));
    }

    [Test]
    public async Task AFirstMessageIsTimedBeyondAnEmptyProgram()
    {
        (int exitCode, string output, string errors) = await RunAsync(["startup", "--rounds", "1"]);

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        Assert.That(output, Does.Contain("tiered compilation: an empty program takes").And.Contain("must be ≤ 40.0 ms").And.Contain("ReadyToRun"));
    }

    [Test]
    public async Task FiguresWithoutMeasurementAreLeftOpen()
    {
        using TestDirectory directory = new();
        (int exitCode, string output, string errors) = await RunAsync(["pair", .. s_few, "--output", directory["out"]]);
        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Join(directory["out"], "results.json")));
        JsonElement[] figures = [.. json.RootElement.GetProperty("Figures").EnumerateArray()];
        Assert.That(figures.Count(static figure => figure.GetProperty("Measured").ValueKind == JsonValueKind.Number), Is.EqualTo(3));
        Assert.That(figures, Has.All.Matches<JsonElement>(static figure => IsNull(figure, "Measured") == IsNull(figure, "IsReached")));
    }

    [TestCase("--runs", "0")]
    [TestCase("--max-count", "1")]
    [TestCase("--only", "nothing")]
    [TestCase("--only", "lines")]
    [TestCase("--contender", "nameless")]
    [TestCase("--contender", "mine=")]
    public async Task BadOptionsAreRefused(string option, string value)
    {
        (int exitCode, _, string errors) = await RunAsync(["pair", option, value]);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(errors, Does.Contain(option).And.Not.Contain("   at "));
    }

    private static bool IsNull(JsonElement element, string property) =>
        element.GetProperty(property).ValueKind == JsonValueKind.Null;

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(params IEnumerable<string> arguments) =>
        DotnetCommand.RunAsync(Repository.Root, ["exec", Repository.AssemblyOf("IpMpsc.Benchmarks"), .. arguments]);
}
