using System.CommandLine;
using System.Globalization;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Reports;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Startup;

/// <summary>
/// What the first message of a fresh process costs: the time until a program has created a channel, opened a sender
/// and received a message, beyond that of the same program if it does nothing.
/// </summary>
internal static class StartupBenchmark
{
    private const double MostTiered = 40;
    private const double MostAhead = 15;

    public static Command MakeCommand()
    {
        Option<int> rounds = new("--rounds")
        {
            Description = "Starts of each program.",
            DefaultValueFactory = static _ => 21,
        };
        Command command = new(
            "startup",
            "The first message of a fresh process, beyond an empty program: with tiered compilation and with ReadyToRun. On demand.")
        {
            rounds,
        };
        command.SetAction(parsed =>
        {
            Say($"{Machine.This}");
            using StartupProject project = new();
            try
            {
                Measure(project, Math.Max(1, parsed.GetValue(rounds)), readyToRun: false);
            }
            catch (BenchmarkException error)
            {
                Console.Error.WriteLine(error.Message);
                return 1;
            }

            MeasureAhead(project, Math.Max(1, parsed.GetValue(rounds)));
            return 0;
        });
        return command;
    }

    private static void MeasureAhead(StartupProject project, int rounds)
    {
        try
        {
            Measure(project, rounds, readyToRun: true);
        }
        catch (BenchmarkException error)
        {
            Say($"ReadyToRun was left out, because its compiler is not available: {error.Message}");
        }
    }

    private static void Measure(StartupProject project, int rounds, bool readyToRun)
    {
        string program = project.Build(readyToRun);
        List<double> empty = [], first = [];
        for (int round = -1; round < rounds; round++) // In turn. The first round warms up the file cache.
        {
            double one = project.Time(program, StartupProject.Empty);
            double other = project.Time(program, StartupProject.First);
            if (round >= 0)
            {
                empty.Add(one);
                first.Add(other);
            }
        }

        Figure figure = Figure.AtMost(
            readyToRun ? "ReadyToRun" : "tiered compilation",
            first.Zip(empty, static (one, other) => one - other).Median(),
            readyToRun ? MostAhead : MostTiered,
            " ms");
        Say($"{figure.Name}: an empty program takes {empty.Median():0.0} ms,");
        Say($"  one that moves a message {first.Median():0.0} ms");
        Say($"  beyond the empty one, median of {rounds} rounds: {figure.MeasuredText}");
        Say($"  must be {figure.BoundText}: {figure.ReachedText}");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
