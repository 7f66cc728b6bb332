using System.Diagnostics;

namespace IpMpsc.Benchmarks.Values;

/// <summary>The percentiles at which a distribution of times is reported.</summary>
internal static class Percentiles
{
    public static readonly double[] Points = [50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99];

    /// <summary>The times at all points, in nanoseconds; sorts its argument.</summary>
    public static double[] OfTicks(long[] ticks)
    {
        Array.Sort(ticks);
        return [.. Points.Select(point => ticks[Math.Min(ticks.Length - 1, (int)(point / 100 * ticks.Length))] * (1e9 / Stopwatch.Frequency))];
    }
}
