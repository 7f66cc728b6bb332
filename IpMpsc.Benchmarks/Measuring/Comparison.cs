using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>
/// Compares contenders of a workload round by round, with the state of the host in each. Runs of one round follow each
/// other closely, so what the machine does for seconds at a time affects all of them.
/// </summary>
internal sealed class Comparison
{
    private readonly Func<double[][], double?> _summary;
    private readonly double[][] _rounds;
    private readonly double[] _lines;
    private readonly double _nearest;

    private Comparison(Func<double[][], double?> summary, double[][] rounds, double[] lines, double nearest)
    {
        _summary = summary;
        _rounds = rounds;
        _lines = lines;
        _nearest = nearest;
    }

    /// <summary>The value over all rounds; null if there are too few.</summary>
    public double? Value => _summary(_rounds);

    /// <summary>The value over the rounds in each state of the host that occurred.</summary>
    public string States
    {
        get
        {
            if (_lines.Length == 0)
            {
                return "-";
            }

            (double[] Values, double Line)[] steady =
                [.. _rounds.Zip(_lines).Where(static round => !double.IsNaN(round.Second))];
            List<string> states =
            [
                .. from round in steady
                   group round by HostState.IsNear(round.Line, _nearest) into state
                   orderby state.Key descending
                   let value = _summary([.. state.Select(static round => round.Values)])
                   let line = state.Select(static round => round.Line).Median()
                   let text = value is { } number ? Numbers.Ratio(number) : "-"
                   select $"{text} at {Numbers.Time(line)} in {state.Count()}",
            ];
            if (_lines.Length > steady.Length)
            {
                states.Add($"mixed in {_lines.Length - steady.Length}");
            }

            return string.Join("; ", states);
        }
    }

    /// <summary>The ratio of two contenders: the median of the ratios of all rounds.</summary>
    public static Comparison? OfRatio(Results results, Series? of, Series? against) =>
        Of(results, MedianOf(static values => values[0] / values[1]), of, against);

    /// <summary>
    /// A summary of the values of several contenders in all rounds; null if one of them was not measured.
    /// </summary>
    public static Comparison? Of(Results results, Func<double[][], double?> summary, params Series?[] all)
    {
        if (all.Contains(null))
        {
            return null;
        }

        int rounds = all.Min(static series => series!.Values.Length);
        bool hasLines = all.All(series => series!.Lines.Length == series.Values.Length);
        return new Comparison(
            summary,
            [.. Enumerable.Range(0, rounds).Select(round => InRound(all, static series => series.Values, round))],
            hasLines
                ? [.. Enumerable.Range(0, rounds).Select(round => LineOf(InRound(all, static series => series.Lines, round)))]
                : [],
            results.NearestLine);
    }

    /// <summary>The median of a value that each round has.</summary>
    public static Func<double[][], double?> MedianOf(Func<double[], double> value) =>
        rounds => rounds.Select(value).Median();

    /// <summary>The same over only those rounds in which the line was fast; null if there are none.</summary>
    public Comparison? WhileNear()
    {
        (double[] Values, double Line)[] near =
            [.. _rounds.Zip(_lines).Where(round => HostState.IsNear(round.Second, _nearest))];
        return near.Length == 0
            ? null
            : new Comparison(
                _summary, [.. near.Select(static round => round.Values)], [.. near.Select(static round => round.Line)], _nearest);
    }

    private static double[] InRound(Series?[] all, Func<Series, double[]> of, int round) =>
        [.. all.Select(series => of(series!)[round])];

    private static double LineOf(double[] lines) =>
        lines.Max() > lines.Min() * HostState.Spread ? double.NaN : lines.Max();
}
