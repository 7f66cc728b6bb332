using IpMpsc.Benchmarks.Limits.Native;
using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Values;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>
/// The figures by which the library is judged against others of its kind, represented by a ring in C.
/// </summary>
internal static class PeerFigures
{
    private const string CRing = NativePrograms.CasRing;
    private const string CRingBatches = CRing + Streams.BatchesSuffix;

    public static IReadOnlyList<Figure> Of(Results results)
    {
        Comparison? Ratio(string workload, string of, string against) =>
            Comparison.OfRatio(results, results.Find(workload, of), results.Find(workload, against));

        return
        [
            Figure.AtLeast(
                "one way, one sender, 64 bytes, against a C ring", Ratio(Streams.Name, CRing, Streams.Exclusive), 1.1),
            Figure.AtLeast(
                "the same, slowest quarter of 20 runs against the best",
                Comparison.Of(results, SlowestAgainstBest, results.Find(Streams.Steadiness, Streams.Exclusive)), 0.7),
            Figure.AtLeast(
                "shared sender of one thread against an exclusive one",
                Ratio(Streams.Name, Streams.Exclusive, Streams.Shared), 0.9),
            Figure.AtLeast(
                "in place on both sides against copied, 64 bytes", Ratio(Streams.Name, Streams.Exclusive, Streams.InPlace), 1),
            Figure.AtLeast(
                "batches of 64 against batches of a C ring", Ratio(Streams.Name, CRingBatches, Streams.Batches), 1.2),
            Figure.AtLeast(
                "log lines filled in place against bytes of a C ring", Ratio(Lines.Name, CRing, Lines.Filled), 0.9),
            Figure.AtLeast(
                "log lines from strings against bytes of a C ring", Ratio(Lines.Name, CRing, Lines.Strings), 0.6),
            Figure.AtLeast("256 bytes against the mean of 128 and 512", Between(results, 128, 256, 512), 0.9),
            Figure.AtLeast(
                "any size against the mean of a quarter and four times of it, the worst", WorstDip(results), 0.9),
            Figure.AtMost(
                "round trip, best quarter of 20 runs, against that of a bounced cache line", Trips(results, BestTrip), 1.15),
            Figure.AtMost(
                "share of round trips in a slow state while the line is fast", Trips(results, SlowTrips)?.WhileNear(), 0),
        ];
    }

    private static Comparison? Trips(Results results, Func<double[][], double?> summary) => Comparison.Of(
        results,
        summary,
        results.Find(RoundTrips.States, RoundTrips.Spinning),
        results.Find(RoundTrips.States, RoundTrips.CacheLine));

    private static double? SlowestAgainstBest(double[][] rounds) => QuartersOf(rounds, 0) is { } ours
        ? ours.Least / ours.Most
        : null;

    private static double? BestTrip(double[][] rounds) =>
        QuartersOf(rounds, 0) is { } ours && QuartersOf(rounds, 1) is { } line ? ours.Least / line.Least : null;

    /// <summary>A run is slow if it is further from the best ones than runs of one state are from each other.</summary>
    private static double? SlowTrips(double[][] rounds) => QuartersOf(rounds, 0) is { } ours
        ? (double)rounds.Count(round => !HostState.IsNear(round[0], ours.Least)) / rounds.Length
        : null;

    private static Quarters? QuartersOf(double[][] rounds, int contender) =>
        Quarters.Of(rounds.Select(round => round[contender]));

    /// <summary>
    /// How fast a size is against the geometric mean of its neighbours: 1 if each message, or each byte, has the same cost.
    /// </summary>
    private static Comparison? Between(Results results, int less, int size, int more) => Comparison.Of(
        results,
        Comparison.MedianOf(static values => Math.Sqrt(values[0] * values[2]) / values[1]),
        [.. new[] { less, size, more }.Select(bytes => results.Find(Dips.Name, Dips.NameOf(bytes)))]);

    private static Comparison? WorstDip(Results results) =>
    (
        from size in Dips.Bytes
        where Dips.Bytes.Contains(size / 4) && Dips.Bytes.Contains(size * 4)
        let dip = Between(results, size / 4, size, size * 4)
        where dip is not null
        orderby dip.Value
        select dip).FirstOrDefault();
}
