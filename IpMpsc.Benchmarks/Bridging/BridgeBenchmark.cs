using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Examples;

namespace IpMpsc.Benchmarks.Bridging;

/// <summary>Measures bridges beside direct publishing, and beside the prototype that they were developed from.</summary>
internal static class BridgeBenchmark
{
    /// <summary>What the prototype reached on another machine with two cores: messages of 64 bytes per second, in batches of 32 KiB with a window of 64, all on one machine.</summary>
    private const double Prototype = 852_000;

    private const int Rate = 2_000;

    public static Command MakeCommand()
    {
        Option<int> count = new("--count") { Description = "Messages in each run.", DefaultValueFactory = static _ => 2_000_000 };
        Option<int> runs = new("--runs") { Description = "Number of runs; the median counts.", DefaultValueFactory = static _ => 3 };
        Command command = new("bridge", "Channels over NATS JetStream: throughput and latency of the whole way. Needs nats-server.") { count, runs };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(count), parsed.GetValue(runs)));
        return command;
    }

    public static Command MakeEndCommand()
    {
        Argument<string[]> words = new("words") { Arity = new ArgumentArity(4, 4) };
        Command command = new(BridgeEnd.Command, "Plays one end of a bridge.") { words };
        command.Hidden = true;
        command.SetAction((parsed, _) => parsed.GetValue(words) is [var direction, var channel, var stream, var url]
            ? BridgeEnd.RunAsync(direction, channel, stream, url)
            : Task.FromResult(2));
        return command;
    }

    private static async Task<int> RunAsync(int count, int runs)
    {
        using Broker broker = Broker.TryStart() ?? throw new BenchmarkException("nats-server is not installed: Run 'apt-get install nats-server'.");
        double[] bridged = new double[runs], prototype = new double[runs], direct = new double[runs];
        for (int run = 0; run < runs; run++) // In turn, so that the state of the machine affects all alike.
        {
            direct[run] = await DirectPublishing.MeasureAsync(broker.Url, Math.Max(1, count / 20));
            prototype[run] = Throughput(broker.Url, $"PROTOTYPE{run}", "prototype-", count);
            bridged[run] = Throughput(broker.Url, $"BRIDGE{run}", "", count);
            Say($"run {run + 1}: bridge {bridged[run]:N0}/s, prototype's way {prototype[run]:N0}/s, each message published {direct[run]:N0}/s");
        }

        long[] times = Latencies(broker.Url, "LATENCY", "", count), before = Latencies(broker.Url, "EARLIER", "prototype-", count);
        double whole = Median(bridged), way = Median(prototype), each = Median(direct);
        Say($"");
        Say($"messages of 64 bytes a second, whole way; the bridge against");
        Say($"  the bridge                  {whole,12:N0}");
        Say($"  the prototype's way, here   {way,12:N0}   {whole / way,6:0.00} times");
        Say($"  the prototype, 2 cores      {Prototype,12:N0}   {whole / Prototype,6:0.00} times");
        Say($"  each message published      {each,12:N0}   {whole / each,6:0.0} times; nothing reads the stream");
        Say($"from send to receive, at {Rate:N0} messages a second");
        Say($"  the bridge                  {Milliseconds(times, 0.5),8:0.00} ms p50 {Milliseconds(times, 0.99),8:0.00} ms p99");
        Say($"  the prototype's way, here   {Milliseconds(before, 0.5),8:0.00} ms p50 {Milliseconds(before, 0.99),8:0.00} ms p99");
        return 0;
    }

    private static double Throughput(string url, string stream, string kind, int count)
    {
        using WholeWay way = new(url, stream, kind);
        way.Throughput(Math.Max(2, count / 5)); // Warms up, until everything is compiled.
        return way.Throughput(count);
    }

    private static long[] Latencies(string url, string stream, string kind, int count)
    {
        using WholeWay way = new(url, stream, kind);
        int few = Math.Max(2, Math.Min(count / 100, 20_000));
        way.Throughput(Math.Max(2, count / 5));
        way.Latencies(few, Rate);
        long[] times = way.Latencies(few, Rate);
        Array.Sort(times);
        return times;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private static double Milliseconds(long[] sorted, double part) => sorted[(int)(part * (sorted.Length - 1))] * 1000.0 / Stopwatch.Frequency;

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
