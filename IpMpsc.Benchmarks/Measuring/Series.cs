using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>What the runs of one contender at one workload have found.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Contender">The contender.</param>
/// <param name="Values">One value for each run, nanoseconds for one message unless the workload says otherwise.</param>
/// <param name="Allocated">Managed bytes that all processes together have allocated for each message.</param>
/// <param name="Percentiles">Medians of the percentiles of single round trips, if they were timed.</param>
internal sealed record Series(Workload Workload, Contender Contender, double[] Values, double Allocated, double[]? Percentiles)
{
    public double Median => MedianOf(Values);

    public double Least => Values.Min();

    public double Most => Values.Max();

    /// <summary>
    /// The median of the ratios of two contenders' values in the same rounds. Runs of one round follow each
    /// other closely, so what the machine does for seconds at a time hits both.
    /// </summary>
    public static double? RatioOf(Series? of, Series? against) => of is null || against is null
        ? null
        : MedianOf(of.Values.Zip(against.Values, static (one, other) => one / other));

    public static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
