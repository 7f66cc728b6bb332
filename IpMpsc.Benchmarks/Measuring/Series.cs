using IpMpsc.Benchmarks.Values;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>The results of one contender in one workload.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Contender">The contender.</param>
/// <param name="Values">One value for each run, nanoseconds for one message unless the workload says otherwise.</param>
/// <param name="Allocated">Managed bytes that all processes together have allocated for each message; null if they are not counted.</param>
/// <param name="Percentiles">Medians of the percentiles of single round trips, if they were timed.</param>
internal sealed record Series(Workload Workload, Contender Contender, double[] Values, double? Allocated, double[]? Percentiles)
{
    /// <summary>
    /// Nanoseconds that a cache line needed from one processor to the other around each run; empty if it was not measured.
    /// </summary>
    public double[] Lines { get; init; } = [];

    public double Median => Values.Median();

    public double Least => Values.Min();

    public double Most => Values.Max();
}
