using IpMpsc.Benchmarks.Workloads;
using IpMpsc.Benchmarks.Workloads.Crowds;
using IpMpsc.Benchmarks.Workloads.Pacing;
using IpMpsc.Benchmarks.Workloads.Scaling;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>Everything that can be measured.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Workload> All { get; } = 
    [
        .. Pairs.All, .. RoundTrips.All, .. Streams.All, .. Taps.All, .. Lines.All, .. ObjectStreams.All, .. Sizes.All, .. Dips.All, .. Frames.All, .. Wakes.All, .. Paced.Wakes, .. Outside.All, .. Idling.All,
    ];

    /// <summary>Workloads that take too long for a run of everything.</summary>
    public static IReadOnlyList<Workload> OnDemand { get; } = [.. Sets.All, .. Opens.All, .. Capacities.All, .. ManySenders.All, .. Paced.Rates];

    public static IEnumerable<string> Names => All.Concat(OnDemand).Select(static workload => workload.Name);

    public static Workload Workload(string name) => All.Concat(OnDemand).Single(workload => workload.Name == name);
}
