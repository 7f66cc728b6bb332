using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>Something to measure, and the contenders that do it.</summary>
/// <param name="Name">A short name, unique.</param>
/// <param name="Title">The title of its tables and charts.</param>
/// <param name="Unit">How its values are shown.</param>
/// <param name="Contenders">The contenders.</param>
internal sealed record Workload(string Name, string Title, Unit Unit, params IReadOnlyList<Contender> Contenders)
{
    /// <summary>Whether single round trips are timed too.</summary>
    public bool HasDistribution { get; init; }

    /// <summary>Whether it looks for something rare, in more runs than usual.</summary>
    public bool IsRare { get; init; }

    /// <summary>Messages in the first run, from which the number for the others is derived.</summary>
    public int FirstCount { get; init; } = 256;

    /// <summary>Whether the count of a run is a time in milliseconds.</summary>
    public bool IsTimed { get; init; }

    /// <summary>Messages in each run, if a run of this length takes long enough; null to find the number by running longer and longer.</summary>
    public int? FixedCount { get; init; }

    /// <summary>How external programs can take part.</summary>
    public IReadOnlyList<ExternalWork> External { get; init; } = [];

    public Contender Contender(string name) => Contenders.Single(contender => contender.Name == name);
}
