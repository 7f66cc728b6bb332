using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.Bench;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc bench</c>.</summary>
public sealed class BenchTests : ToolFixture
{
    [Test]
    public void FiguresAreMeasured()
    {
        JsonElement report = ToolProcess.Run("bench", "--seconds", "2", "--json").Expect(ExitCode.Success).Json;

        foreach (string way in new[] { "roundTripPolling", "roundTripAsleep" })
        {
            JsonElement trip = report.GetProperty(way);
            Assert.That(trip.GetProperty("trips").GetInt64(), Is.GreaterThan(0));
            Assert.That(
                trip.GetProperty("medianNanoseconds").GetDouble(),
                Is.GreaterThan(0).And.LessThanOrEqualTo(trip.GetProperty("p99Nanoseconds").GetDouble()));
        }

        Assert.That(report.GetProperty("oneSender").GetProperty("messagesPerSecond").GetDouble(), Is.GreaterThan(0));
        Assert.That(report.GetProperty("oneSenderBatches").GetProperty("bytesPerSecond").GetDouble(), Is.GreaterThan(0));
        Assert.That(Directory.GetFileSystemEntries(Channels), Is.Empty, "The benchmark leaves no channel behind.");
    }

    [Test]
    public void AnInterruptedMeasurementLeavesNothing()
    {
        using ToolProcess bench = ToolProcess.Start("bench");
        Patience.Until(
            () => Directory.Exists(Channels) && Directory.GetFiles(Channels).Length == 2, "both channels are there");

        bench.Interrupt();

        bench.End().Expect(ExitCode.Interrupted);
        Assert.That(Directory.GetFileSystemEntries(Channels), Is.Empty);
    }

    [Test]
    public void PercentilesAreThoseOfTheTimes()
    {
        LatencyHistogram times = new();
        double ticksOfMicrosecond = System.Diagnostics.Stopwatch.Frequency / 1e6;
        for (int microseconds = 1; microseconds <= 1000; microseconds++)
        {
            times.Add((long)(microseconds * 10 * ticksOfMicrosecond));
        }

        Assert.That(times.Percentile(0.01), Is.EqualTo(100_000).Within(20));
        Assert.That(times.Percentile(0.5), Is.EqualTo(5_000_000).Within(20_000));
        Assert.That(times.Percentile(1), Is.EqualTo(10_000_000).Within(20_000));
    }
}
