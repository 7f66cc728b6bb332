using IpMpsc.Tests.Peer.Chaos;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Kills and pauses random participants for a time; prints what happened, last "1 passed, 0 failed".</summary>
internal static class ChaosCommand
{
    public static void Run(Arguments arguments)
    {
        TimeSpan duration = TimeSpan.FromSeconds(arguments.Next<double>("SECONDS"));
        int seed = arguments.Next<int>("SEED");
        arguments.RequireEnd();

        Console.WriteLine($"chaos for {duration.TotalSeconds} s, seed {seed}");
        bool passed = false;
        try
        {
            using ChaosRun run = new(seed);
            Console.WriteLine(run.Run(duration));
            passed = true;
        }
        finally
        {
            Console.WriteLine(passed ? "1 passed, 0 failed" : "0 passed, 1 failed");
        }
    }
}
