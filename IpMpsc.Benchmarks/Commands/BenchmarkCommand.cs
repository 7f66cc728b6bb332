using System.CommandLine;
using IpMpsc.Benchmarks.Bridging;
using IpMpsc.Benchmarks.Charts;
using IpMpsc.Benchmarks.Compiling;
using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Micro;
using IpMpsc.Benchmarks.Peers;
using IpMpsc.Benchmarks.Reports;
using IpMpsc.Benchmarks.Startup;
using IpMpsc.Benchmarks.Workloads;
using IpMpsc.Benchmarks.Workloads.Crowds;
using IpMpsc.Benchmarks.Workloads.Pacing;
using IpMpsc.Benchmarks.Workloads.Scaling;

namespace IpMpsc.Benchmarks.Commands;

/// <summary>The command line.</summary>
internal static class BenchmarkCommand
{
    public static RootCommand Make()
    {
        RootCommand root = new("Measures IpMpsc side by side with its alternatives and with the limits of the machine, in one run.");
        BenchmarkOptions options = new();
        options.AddTo(root);
        Add(root, options, "pair", "Send and receive on one thread.", Pairs.All);
        Add(root, options, "roundtrip", "A message goes to another process and comes back, both spinning.", RoundTrips.All);
        Add(root, options, "throughput", "Messages one way: single, batches, text, by size, by number of senders.", [.. Streams.All, .. Lines.All, .. Sizes.All, .. Dips.All]);
        Add(root, options, "tap", "A stream with and without an observer's tap beside it, in turn, and the ratio of the two.", Taps.All);
        Add(root, options, "objects", "Objects in the format of MemoryPack, beside generated messages, sockets and pipes.", ObjectStreams.All);
        Add(root, options, "frames", "4K video, copied and drawn in place.", Frames.All);
        Add(root, options, "wake", "Round trips between processes that sleep.", Wakes.All);
        Add(root, options, "outside", "Round trips of processes that were pinned before .NET started.", Outside.All);
        Add(root, options, "sets", "Waking a set of 100, 1,000 and 10,000 channels, beside epoll; and finding the one that has a message. On demand.", Sets.All);
        Add(root, options, "open", "Creating and opening a channel beside 1 and beside 10,000 others. On demand.", Opens.All);
        Add(root, options, "capacity", "A stream through rings of 64 KiB to 1 GiB. On demand.", Capacities.All);
        Add(root, options, "senders", "A stream of up to 64 sender processes. On demand.", ManySenders.All);
        Add(root, options, "paced", "Latencies at 1,000, 100,000 and a million messages a second, from when each was due. The rates are on demand.", [.. Paced.Wakes, .. Paced.Rates]);
        Add(root, options, "idle", "Processor time of waiting for nothing.", Idling.All);
        Add(root, options, "all", "All of these but those on demand, and whether the library is as fast as it must be.", Catalogue.All);
        root.Subcommands.Add(BridgeBenchmark.MakeCommand());
        root.Subcommands.Add(BridgeBenchmark.MakeEndCommand());
        root.Subcommands.Add(GeneratorBenchmark.MakeCommand());
        root.Subcommands.Add(StartupBenchmark.MakeCommand());
        root.Subcommands.Add(MicroCommand());
        root.Subcommands.Add(DrawCommand(options));
        root.Subcommands.Add(PeerCommand());
        return root;
    }

    private static void Add(RootCommand root, BenchmarkOptions options, string name, string description, IReadOnlyList<Workload> workloads)
    {
        Command command = new(name, description);
        command.SetAction((parsed, cancellationToken) =>
            new Session(options.EffortOf(parsed), options.Pins(parsed), options.Output(parsed), options.Contenders(parsed))
                .RunAsync(options.Chosen(parsed, workloads), cancellationToken));
        root.Subcommands.Add(command);
    }

    private static Command MicroCommand()
    {
        Command command = new("micro", "Single operations, with BenchmarkDotNet: time and allocations.");
        command.SetAction(static _ => MicroBenchmarks.Run());
        return command;
    }

    private static Command DrawCommand(BenchmarkOptions options)
    {
        Argument<FileInfo> report = new("report") { Description = "The results.json of an earlier run." };
        Command command = new("draw", "Draws the charts of an earlier run again.") { report };
        command.SetAction(parsed =>
        {
            ChartSet.Save(JsonReport.Read(File.ReadAllText(parsed.GetRequiredValue(report).FullName)), options.Output(parsed));
            return 0;
        });
        return command;
    }

    private static Command PeerCommand()
    {
        Command command = new(PeerProcess.Command, "Plays the part of another process.") { Hidden = true };
        command.SetAction(static _ => PeerProgram.Run());
        return command;
    }
}
