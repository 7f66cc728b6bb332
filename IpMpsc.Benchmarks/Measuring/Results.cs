using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>Everything that was measured in one run of the program.</summary>
internal sealed class Results
{
    private readonly List<Series> _series = [];

    public IReadOnlyList<Series> All => _series;

    /// <summary>The workloads, in the order in which they were measured.</summary>
    public IEnumerable<Workload> Workloads => _series.Select(series => series.Workload).Distinct();

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<string> Omissions { get; init; } = [];

    /// <summary>The shortest time of the cache line around any run; NaN if it was not measured.</summary>
    public double NearestLine => _series.SelectMany(static series => series.Lines).DefaultIfEmpty(double.NaN).Min();

    public void Add(IEnumerable<Series> series) => _series.AddRange(series);

    /// <summary>The series of a workload.</summary>
    public IReadOnlyList<Series> Of(Workload workload) => [.. _series.Where(series => series.Workload == workload)];

    /// <summary>One series; null if it was not measured.</summary>
    public Series? Find(string workload, string contender) =>
        _series.Find(series => series.Workload.Name == workload && series.Contender.Name == contender);
}
