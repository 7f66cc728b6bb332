namespace IpMpsc.Benchmarks.Workloads;

/// <summary>Everything that can be measured.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Workload> All { get; } = 
    [
        .. Pairs.All, .. RoundTrips.All, .. Streams.All, .. Taps.All, .. Lines.All, .. ObjectStreams.All, .. Sizes.All, .. Dips.All, .. Frames.All, .. Wakes.All, .. Idling.All,
    ];

    public static IEnumerable<string> Names => All.Select(static workload => workload.Name);

    public static Workload Workload(string name) => All.Single(workload => workload.Name == name);
}
