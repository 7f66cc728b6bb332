using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Values;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Charts;

/// <summary>All charts for which there are enough results, by file name.</summary>
internal static class ChartSet
{
    /// <summary>A bar chart needs this many contenders to compare.</summary>
    private const int Bars = 2;

    /// <summary>Writes them into a directory.</summary>
    public static void Save(Results results, DirectoryInfo directory)
    {
        directory.Create();
        foreach ((string file, string svg) in Draw(results))
        {
            File.WriteAllText(Path.Join(directory.FullName, file), svg);
        }
    }

    private static IEnumerable<(string File, string Svg)> Draw(Results results)
    {
        foreach (Workload workload in results.Workloads)
        {
            IReadOnlyList<Series> all = results.Of(workload);
            if (all.Count >= Bars && !IsOfSizes(workload))
            {
                yield return ($"{workload.Name}.svg", BarChart.Draw(workload, all));
            }

            if (workload.HasDistribution)
            {
                yield return ($"{workload.Name}-latency.svg", Latencies(workload, all));
            }
        }

        if (results.Workloads.Any(IsOfSizes))
        {
            yield return ("sizes.svg", OverSizes(results));
        }

        if (results.Workloads.Any(static workload => workload.Name == Streams.Many))
        {
            yield return ("senders-lines.svg", OverSenders(results));
        }
    }

    private static bool IsOfSizes(Workload workload) => Sizes.All.Any(size => size.Name == workload.Name);

    private static string Latencies(Workload workload, IReadOnlyList<Series> all) => LineChart.Draw(
        workload.Title,
        "percentiles of the times of single round trips; less is better",
        [.. Percentiles.Points.Select(static point => $"p{Numbers.Plain(point)}")],
        [.. all.Where(static series => series.Percentiles is not null).Select(static series =>
            (series.Contender.Name, series.Percentiles!.Select(static value => (double?)value).ToArray()))],
        Numbers.Time);

    private static string OverSizes(Results results)
    {
        double? BytesPerSecond(int size, string contender) =>
            results.Find(Sizes.NameOf(size), contender) is { } series ? size / series.Median * 1e9 : null;

        return LineChart.Draw(
            "Bytes in a second against the size of a message",
            "from one process to another; more is better",
            [.. Sizes.Bytes.Select(static size => size < 1024 ? $"{size}" : size < 1 << 20 ? $"{size >> 10} Ki" : $"{size >> 20} Mi")],
            [.. new[] { Sizes.Library, Sizes.Socket }.Select(name => (name, Sizes.Bytes.Select(size => BytesPerSecond(size, name)).ToArray()))],
            Numbers.BytesRate);
    }

    private static string OverSenders(Results results)
    {
        string[] contenders = [Streams.Exclusive, Streams.Batches, Streams.Mutex, Streams.InProcess];
        double? Rate(string contender, int senders) => 1e9 / results.Find(Streams.Many, Streams.NameOf(contender, senders))?.Median;

        return LineChart.Draw(
            "Messages of 64 bytes in a second against the number of senders",
            "sender processes (threads, for System.Threading.Channels) to one receiver; more is better",
            [.. Streams.SenderCounts.Select(static count => $"{count}")],
            [.. contenders.Select(name => (name, Streams.SenderCounts.Select(count => Rate(name, count)).ToArray()))],
            Numbers.Rate);
    }
}
