using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Exploring.Engine;
using NUnit.Framework;

namespace Exploring.Search;

/// <summary>Explores a program, and describes the first wrong run as a table.</summary>
internal static class Explorer
{
    /// <summary>Heap that runs may use without a garbage collection, which could move objects: buffered stores hold addresses.</summary>
    private const long Heap = 120 << 20;

    private static long s_began; // Bytes allocated when the collector was last disabled.

    /// <summary>The result of an exploration.</summary>
    /// <param name="Runs">How many runs there were.</param>
    /// <param name="IsComplete">Whether no run is left within the bound.</param>
    /// <param name="Failure">The table of the wrong run, and how to repeat it; null if every run was right.</param>
    public readonly record struct Result(int Runs, bool IsComplete, string? Failure);

    /// <summary>Every run of a program within a bound, or as many as the time allows.</summary>
    public static Result All(Type program, MemoryModel model, int bound, TimeSpan limit)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int runs = 0;
        for (int within = 0; within <= bound; within++)
        {
            // The smallest bound first, so that the first failure has the fewest preemptions.
            Exhaustive strategy = new(within);
            bool more = true;
            while (more)
            {
                Run run = Once(program, model, strategy);
                runs++;
                if (run.Failure is not null)
                {
                    return new Result(runs, false, Describe(program, run));
                }

                more = strategy.Next(run);
                if (strategy.HasDiverged)
                {
                    return new Result(runs, false, "A run did not repeat an earlier one up to its choice: the program is not deterministic.");
                }

                if (more && watch.Elapsed > limit)
                {
                    return new Result(runs, false, null);
                }
            }
        }

        return new Result(runs, true, null);
    }

    /// <summary>Random runs until the time is over.</summary>
    public static Result Some(Type program, MemoryModel model, int seed, int depth, TimeSpan limit, int most = int.MaxValue)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int length = 100;
        int runs = 0;
        for (; runs < most && watch.Elapsed < limit; runs++)
        {
            Run run = Once(program, model, new RandomPriorities(unchecked(seed + runs), depth, length));
            if (run.Failure is not null)
            {
                return new Result(runs + 1, false, $"Seed {seed + runs}, depth {depth}.{Environment.NewLine}{Describe(program, Shorten(program, run))}");
            }

            length = run.Scheduler.Choices.Count;
        }

        return new Result(runs, false, null);
    }

    /// <summary>All runs within the bound if half of the time is enough for them; otherwise random ones for the other half.</summary>
    public static Result Thoroughly(Type program, MemoryModel model, int bound, int seed, TimeSpan limit)
    {
        Result result = All(program, model, bound, limit / 2);
        for (int depth = 3; depth <= 5 && result is { IsComplete: false, Failure: null }; depth++)
        {
            Result random = Some(program, model, seed, depth, limit / 6);
            result = random with { Runs = random.Runs + result.Runs };
        }

        return result;
    }

    /// <summary>One run by its schedule, as a table.</summary>
    public static string Repeat<TProgram>(MemoryModel model, string schedule) where TProgram : Program, new()
    {
        return Describe(typeof(TProgram), Once(typeof(TProgram), model, new Replay(schedule)));
    }

    private static Run Once(Type program, MemoryModel model, IStrategy strategy)
    {
        KeepObjectsInPlace();
        Run run = new(model, strategy);
        ((Program)Activator.CreateInstance(program)!).Execute(run);
        return run;
    }

    /// <summary>Removes choices from a failing schedule as long as it still fails.</summary>
    private static Run Shorten(Type program, Run failing)
    {
        bool shorter = true;
        while (shorter)
        {
            shorter = false;
            string[] choices = Replay.Of(failing).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (int left = 0; left < choices.Length && !shorter; left++)
            {
                Run run = Once(program, failing.Model, new Replay(string.Join(' ', choices.Where((_, index) => index != left))));
                if (run.Failure is not null && Replay.Of(run).Length < Replay.Of(failing).Length)
                {
                    failing = run;
                    shorter = true;
                }
            }
        }

        return failing;
    }

    private static string Describe(Type program, Run run) => Report.Of(
        run, string.Create(CultureInfo.InvariantCulture, $"Explorer.Repeat<{program.Name}>(MemoryModel.{run.Model}, \"{Replay.Of(run)}\")"));

    private static void KeepObjectsInPlace()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            if (GC.GetTotalAllocatedBytes() - s_began < Heap / 2)
            {
                return;
            }

            GC.EndNoGCRegion();
        }

        s_began = GC.GetTotalAllocatedBytes();
        if (!GC.TryStartNoGCRegion(Heap))
        {
            Assert.Fail("The garbage collector could not be disabled.");
        }

        // The collection may have found participants of earlier runs. Their finalizers must not run concurrently with this run.
        GC.WaitForPendingFinalizers();
    }
}
