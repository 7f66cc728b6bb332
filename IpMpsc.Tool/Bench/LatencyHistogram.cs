using System.Diagnostics;

namespace IpMpsc.Tool.Bench;

/// <summary>Counts times in buckets of 10 ns, and those above a millisecond in buckets of 10 µs, up to a second.</summary>
internal sealed class LatencyHistogram
{
    private const int FineBuckets = 100_000;
    private const double FineWidth = 10;
    private const double CoarseWidth = 10_000;

    private readonly long[] _buckets = new long[2 * FineBuckets];

    public long Count { get; private set; }

    public void Add(long ticks)
    {
        double nanoseconds = ticks * (1e9 / Stopwatch.Frequency);
        int bucket = nanoseconds < FineBuckets * FineWidth
            ? (int)(nanoseconds / FineWidth)
            : FineBuckets + (int)Math.Min(nanoseconds / CoarseWidth, FineBuckets - 1);
        _buckets[bucket]++;
        Count++;
    }

    /// <summary>The time in nanoseconds within which this fraction of all measurements lies.</summary>
    public double Percentile(double fraction)
    {
        long left = (long)Math.Ceiling(Count * fraction);
        int bucket = 0;
        while (bucket < _buckets.Length - 1 && (left -= _buckets[bucket]) > 0)
        {
            bucket++;
        }

        return bucket < FineBuckets ? (bucket + 0.5) * FineWidth : (bucket - FineBuckets + 0.5) * CoarseWidth;
    }
}
