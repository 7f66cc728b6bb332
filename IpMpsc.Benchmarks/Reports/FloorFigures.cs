using IpMpsc.Benchmarks.Limits.Native;
using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>
/// What the figures of <see cref="PeerFigures"/> can reach: the steps of the protocol in C say what the protocol allows, and the library against them what
/// its own code costs.
/// </summary>
internal static class FloorFigures
{
    private const string CRing = NativePrograms.CasRing;
    private const string Steps = NativePrograms.Protocol;

    public static IReadOnlyList<Figure> Of(Results results)
    {
        Comparison? Ratio(string workload, string of, string against) =>
            Comparison.OfRatio(results, results.Find(workload, of), results.Find(workload, against));

        return
        [
            Figure.Floor("single sends of the protocol in C, against a C ring", Ratio(Streams.Name, CRing, Steps)),
            Figure.Floor(
                "batches of the protocol in C, against those of a C ring",
                Ratio(Streams.Name, CRing + Streams.BatchesSuffix, Steps + Streams.BatchesSuffix)),
            Figure.Floor("log lines as bytes of the protocol in C, against a C ring", Ratio(Lines.Name, CRing, Steps)),
            Figure.Floor("exclusive sender against the protocol in C", Ratio(Streams.Name, Steps, Streams.Exclusive)),
            Figure.Floor("batches of 64 against the protocol in C", Ratio(Streams.Name, Steps + Streams.BatchesSuffix, Streams.Batches)),
            Figure.Floor("log lines filled in place against the protocol in C", Ratio(Lines.Name, Steps, Lines.Filled)),
            Figure.Floor(
                "log lines from strings against bytes of a C ring and the transcoding alone, added",
                Comparison.Of(
                    results,
                    Comparison.MedianOf(static values => (values[0] + values[1]) / values[2]),
                    results.Find(Lines.Name, CRing),
                    results.Find(Lines.Name, Lines.Transcoding),
                    results.Find(Lines.Name, Lines.Strings))),
            Figure.Floor("round trip of the protocol in C, against a bounced cache line", Ratio(RoundTrips.Name, Steps, RoundTrips.CacheLine)),
        ];
    }
}
