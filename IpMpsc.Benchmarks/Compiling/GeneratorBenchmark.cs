using System.CommandLine;
using System.Globalization;
using IpMpsc.Generators;

namespace IpMpsc.Benchmarks.Compiling;

/// <summary>Measures what the generators cost in a build and after an edit, compared with a generator that finds the same messages and does nothing.</summary>
internal static class GeneratorBenchmark
{
    public static Command MakeCommand()
    {
        Option<int[]> messages = new("--messages") { Description = "Numbers of messages.", DefaultValueFactory = static _ => [500, 1_500] };
        Option<int> rounds = new("--rounds") { Description = "Number of rounds; the median counts.", DefaultValueFactory = static _ => 15 };
        Command command = new("generators", "The source generators in a build and after an edit, beside one that does nothing.") { messages, rounds };
        command.SetAction(parsed =>
        {
            foreach (int count in parsed.GetValue(messages)!)
            {
                Measure(count, Math.Max(1, parsed.GetValue(rounds)));
            }
        });
        return command;
    }

    private static void Measure(int messages, int rounds)
    {
        List<CompilerRun> ours = [], empty = [];
        for (int round = -2; round < rounds; round++) // In turn, so that the state of the machine affects both alike. The first two rounds warm up.
        {
            CompilerRun one = MessageProject.Run(messages, new EmptyGenerator());
            CompilerRun two = MessageProject.Run(messages, new ChannelMessageGenerator(), new ChannelProtocolGenerator());
            if (round >= 0)
            {
                empty.Add(one);
                ours.Add(two);
            }
        }

        int characters = ours[0].Characters;
        Say($"{messages:N0} messages");
        Say($"  generated text            {characters,12:N0} characters, {characters / messages:N0} each");
        Say($"  first run                 {Median(ours, run => run.First),12:N0} ms; empty generator {Median(empty, run => run.First):N0} ms");
        Say($"  edit of an unrelated file {Median(ours, run => run.Edit),12:N1} ms; empty generator {Median(empty, run => run.Edit):N1} ms");
        Say($"  ratio of the edits        {Middle(ours.Zip(empty, (one, other) => one.Edit / other.Edit)),12:N2} (median of the rounds)");
    }

    private static double Median(IEnumerable<CompilerRun> runs, Func<CompilerRun, double> value) => Middle(runs.Select(value));

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
