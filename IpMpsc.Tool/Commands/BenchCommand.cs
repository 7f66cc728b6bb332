using System.CommandLine;
using IpMpsc.Tool.Bench;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;
using Spectre.Console;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc bench</c>: how fast channels are on this machine, in ten seconds.</summary>
internal sealed class BenchCommand : ToolCommand
{
    private const int Batch = 64;
    private const int BlockSize = 64;
    private const int Parts = 4;

    private readonly Option<double> _seconds = new("--seconds")
    {
        Description = "Approximate duration of the whole measurement.",
        HelpName = "N",
        DefaultValueFactory = static _ => 10,
        Validators = { MessageOptions.RequirePositive },
    };

    public BenchCommand() : base(
        "bench", "Measure round trip and throughput between two processes on this machine, in ten seconds.", "ipmpsc bench") =>
        Options.Add(_seconds);

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        // Each part starts a process and warms up.
        TimeSpan part = TimeSpan.FromSeconds(Math.Clamp((arguments.GetValue(_seconds) / Parts) - 0.4, 0.05, 3600));
        string[] titles = ["round trip, polling", "round trip, asleep", "one sender", "one sender, batches", "done"];
        int done = 0;
        (LatencyHistogram spinning, LatencyHistogram asleep, double single, double batched) = ProgressDisplay.Run(
            terminal,
            Parts,
            () => (done, titles[done]),
            () => (
                Measure(() => RoundTrip.Measure(spin: true, part, cancellation)),
                Measure(() => RoundTrip.Measure(spin: false, part, cancellation)),
                Measure(() => Throughput.Measure(1, part, cancellation)),
                Measure(() => Throughput.Measure(Batch, part, cancellation))));

        if (terminal.IsJson)
        {
            Terminal.Json(new
            {
                roundTripPolling = Latencies(spinning),
                roundTripAsleep = Latencies(asleep),
                oneSender = new { messagesPerSecond = single, bytesPerSecond = single * BlockSize },
                oneSenderBatches = new { messagesPerSecond = batched, bytesPerSecond = batched * BlockSize },
            });
        }
        else
        {
            Table table = Terminal.NewTable("MEASURED BETWEEN TWO PROCESSES", ">MEDIAN", ">99 %", ">99.9 %", ">MESSAGES/S");
            AddLatencies(table, "round trip of 32 bytes, both polling", spinning);
            AddLatencies(table, "round trip of 32 bytes, both asleep", asleep);
            table.AddRow("one sender, 64 bytes", "", "", "", Format.Count(single));
            table.AddRow($"one sender, 64 bytes, batches of {Batch}", "", "", "", Format.Count(batched));
            terminal.Screen.Write(table);
        }

        return ExitCode.Success;

        T Measure<T>(Func<T> measure)
        {
            T result = measure();
            done++;
            return result;
        }
    }

    private static object Latencies(LatencyHistogram times) => new
    {
        trips = times.Count,
        medianNanoseconds = times.Percentile(0.5),
        p99Nanoseconds = times.Percentile(0.99),
        p999Nanoseconds = times.Percentile(0.999),
    };

    private static void AddLatencies(Table table, string what, LatencyHistogram times) => table.AddRow(
        what, Time(times.Percentile(0.5)), Time(times.Percentile(0.99)), Time(times.Percentile(0.999)), "");

    private static string Time(double nanoseconds) => nanoseconds < 10_000 ? $"{nanoseconds:0} ns" : $"{nanoseconds / 1000:0} µs";
}
