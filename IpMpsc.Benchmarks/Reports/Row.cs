using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>A row of a table of results.</summary>
internal static class Row
{
    public static readonly string[] Titles = ["", "median", "least", "most", "runs", "allocated"];

    /// <summary>Name, median, least, most, runs, bytes allocated for each message.</summary>
    public static string[] Of(Series series)
    {
        Unit unit = series.Workload.Unit;
        bool isRate = unit == Unit.MessagesPerSecond;
        return
        [
            series.Contender.Name,
            Numbers.Text(unit, series.Median),
            Numbers.Text(unit, isRate ? series.Most : series.Least),
            Numbers.Text(unit, isRate ? series.Least : series.Most),
            $"{series.Values.Length}",
            series.Allocated is { } allocated ? $"{Numbers.Ratio(allocated)} B" : "-",
        ];
    }
}
