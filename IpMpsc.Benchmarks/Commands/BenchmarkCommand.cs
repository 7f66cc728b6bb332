using System.CommandLine;
using IpMpsc.Benchmarks.Bridging;
using IpMpsc.Benchmarks.Charts;
using IpMpsc.Benchmarks.Compiling;
using IpMpsc.Benchmarks.Micro;
using IpMpsc.Benchmarks.Peers;
using IpMpsc.Benchmarks.Reports;
using IpMpsc.Benchmarks.Workloads;

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
        Add(root, options, "idle", "Processor time of waiting for nothing.", Idling.All);
        Add(root, options, "all", "All of these, and whether the library is as fast as it must be.", Catalogue.All);
        root.Subcommands.Add(BridgeBenchmark.MakeCommand());
        root.Subcommands.Add(BridgeBenchmark.MakeEndCommand());
        root.Subcommands.Add(GeneratorBenchmark.MakeCommand());
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
        Command command = new(PeerProgram.Command, "Plays the part of another process.") { Hidden = true };
        command.SetAction(static _ => PeerProgram.Run());
        return command;
    }
}
