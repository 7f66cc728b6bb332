using IpMpsc.Benchmarks.Measuring;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>The figures by which the library is judged.</summary>
internal static class Figures
{
    public static IReadOnlyList<Figure> Of(Results results)
    {
        // Nanoseconds of the first divided by those of the second, run by run.
        Comparison? Ratio(string workload, string of, string against) =>
            Comparison.OfRatio(results, results.Find(workload, of), results.Find(workload, against));
        string Senders(int count) => Streams.NameOf(Streams.Exclusive, count);

        return
        [
            Figure.AtMost(
                "round trip, spinning, against a bounced cache line for each channel",
                Ratio(RoundTrips.Name, RoundTrips.Spinning, RoundTrips.CacheLine), 1.3),
            Figure.AtLeast(
                "one way, one sender, 64 bytes, against the unsynchronised ring of records",
                Ratio(Streams.Name, Streams.Records, Streams.Exclusive), 0.7),
            Figure.AtLeast("the same, slowest of 20 runs against their median", Steadiness(results, Streams.Exclusive), 0.6),
            Figure.AtLeast("one way, 4 sender processes against 1", Ratio(Streams.Many, Senders(1), Senders(4)), 0.8),
            Figure.AtMost("one way, one sender, beside a tap, against the same without it", Ratio(Taps.Name, Taps.Tapped, Taps.Alone), 1.03),
            Figure.AtLeast("batches of 64 against single sends", Ratio(Streams.Name, Streams.Exclusive, Streams.Batches), 1.5),
            Figure.AtLeast("batches of 64 against the unsynchronised ring of records", Ratio(Streams.Name, Streams.Records, Streams.Batches), 1),
            Figure.AtMost("4K frame, copied, spinning, against Span.CopyTo of the frame", Ratio(Frames.Name, Frames.Copied, Frames.Copy), 0.8),
            Figure.AtMost(
                "4K frame drawn in place, spinning, beyond the drawing, against the copied one",
                Ratio(Frames.Name, Frames.InPlace, Frames.Copied)?.Value - Ratio(Frames.Name, Frames.Draw, Frames.Copied)?.Value, 0.1),
            Figure.AtMost(
                "send and receive on one thread, 48 bytes, exclusive sender",
                results.Find(Pairs.Name, Pairs.Exclusive)?.Median, 12, " ns"),
            Figure.AtMost("the same against the unsynchronised ring of records", Ratio(Pairs.Name, Pairs.Exclusive, Pairs.Records), 1.6),
            Figure.AtLeast("round trip, a Unix socket against spinning", Ratio(RoundTrips.Name, RoundTrips.Socket, RoundTrips.Spinning), 100),
            Figure.AtLeast("one way, single sends, against a Unix socket", Ratio(Streams.Name, Streams.Socket, Streams.Exclusive), 60),
            Figure.AtLeast(
                "batches of 64 against a Unix socket with 64 KiB buffers", Ratio(Streams.Name, Streams.BufferedSocket, Streams.Batches), 2),
            Figure.AtLeast("MemoryPack objects, a Unix socket against a channel", Ratio(ObjectStreams.Name, ObjectStreams.OverSocket, ObjectStreams.MemoryPack), 2),
            Figure.AtLeast("MemoryPack objects, a named pipe against a channel", Ratio(ObjectStreams.Name, ObjectStreams.OverPipe, ObjectStreams.MemoryPack), 2),
            Figure.AtMost("managed allocation for each message, the most of all APIs", MostAllocated(results), 0, " B"),
            .. PeerFigures.Of(results),
            .. FloorFigures.Of(results),
            .. ScaleFigures.Of(results),
        ];
    }

    /// <summary>How much slower the slowest run was than the median, as a ratio of rates.</summary>
    public static double? Steadiness(Results results, string contender) =>
        results.Find(Streams.Steadiness, contender) is { } series ? series.Median / series.Most : null;

    /// <remarks>
    /// In whole bytes: what a run allocates once adds a fraction of a byte to each message, while an object for each
    /// message would add 24 at least.
    /// </remarks>
    private static double? MostAllocated(Results results)
    {
        double[] allocated =
        [
            .. from series in results.All
               where series.Contender.Kind == ContenderKind.Library && !series.Workload.IsTimed
               where series.Workload.Name != ObjectStreams.Name // Its receivers own objects and strings.
               select Math.Floor(series.Allocated ?? 0),
        ];
        return allocated.Length == 0 ? null : allocated.Max();
    }
}
