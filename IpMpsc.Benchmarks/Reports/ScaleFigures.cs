using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Values;
using IpMpsc.Benchmarks.Workloads.Crowds;
using IpMpsc.Benchmarks.Workloads.Pacing;
using IpMpsc.Benchmarks.Workloads.Scaling;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>
/// How the library scales with channels, bytes and senders, and how it compares with a bare futex. Figures of
/// workloads on demand exist only if these were measured.
/// </summary>
internal static class ScaleFigures
{
    private const int P99 = 4;

    public static IEnumerable<Figure> Of(Results results) =>
    [
        Figure.AtMost("waking one sleeper, 2,000 times a second, against a futex", Ratio(results, Paced.Wake, Paced.Sleeper, Paced.Futex), 1.1),
        Figure.AtMost("round trip, spinning, 99th percentile, pinned from outside against pinned by itself", OutsidePin(results), 1.2),
        .. OnDemand(results).Where(static figure => figure.Measured is not null),
    ];

    private static IEnumerable<Figure> OnDemand(Results results) =>
    [
        .. Sets.Counts.Skip(1).Select(count => Figure.AtMost(
            $"waking a set of {count:N0} channels, against epoll and as many eventfds",
            Ratio(results, Sets.WakeUp, Sets.NameOf(count), Sets.EpollNameOf(count)), 1.5)),
        Figure.AtMost(
            $"waking a set of {Sets.Counts[^1]:N0} channels, against one of {Sets.Counts[0]:N0}",
            Ratio(results, Sets.WakeUp, Sets.NameOf(Sets.Counts[^1]), Sets.NameOf(Sets.Counts[0])), 1.5),
        Figure.AtMost(
            $"finding the channel with a message in a set of {Sets.Counts[^1]:N0}", results.Find(Sets.Ready, Sets.NameOf(Sets.Counts[^1]))?.Median / 1e3, 1, " µs"),
        .. Opens.Others.Select(others => Figure.AtMost(
            $"creating a channel beside {others:N0}", results.Find(Opens.Name, Opens.CreateBeside(others))?.Median / 1e3, 100, " µs")),
        .. Opens.Others.Select(others => Figure.AtMost(
            $"opening a sender beside {others:N0}", results.Find(Opens.Name, Opens.OpenBeside(others))?.Median / 1e3, 30, " µs")),
        Figure.AtLeast(
            "capacities of 64 KiB to 1 GiB, the slowest against the fastest",
            Comparison.Of(
                results,
                static rounds => Slowest([.. Enumerable.Range(0, rounds[0].Length).Select(index => rounds.Select(values => values[index]).Median())]),
                [.. Capacities.Bytes.Select(bytes => results.Find(Capacities.Name, Capacities.NameOf(bytes)))]),
            0.8),
        Figure.AtLeast(
            "one way, 64 sender processes against 4",
            Ratio(results, ManySenders.Name, ManySenders.NameOf(4), ManySenders.NameOf(64)), 0.6),
    ];

    private static Comparison? Ratio(Results results, string workload, string of, string against) =>
        Comparison.OfRatio(results, results.Find(workload, of), results.Find(workload, against));

    private static double? Slowest(double[] times) => times.Min() / times.Max();

    private static double? OutsidePin(Results results) =>
        results.Find(Outside.Name, Outside.PinnedOutside)?.Percentiles?[P99] / results.Find(Outside.Name, Outside.PinnedInside)?.Percentiles?[P99];
}
