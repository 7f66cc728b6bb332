using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Scaling;

/// <summary>
/// Round trips of processes that are pinned to one processor each before .NET starts, as with taskset,
/// systemd and containers: .NET then counts one processor, although the other side runs on another.
/// </summary>
internal static class Outside
{
    public const string Name = "outside";
    public const string PinnedInside = "IpMpsc, spinning, pinned by itself";
    public const string PinnedOutside = "IpMpsc, spinning, pinned from outside";

    private static readonly Contender s_inside =
        RoundTrips.All[0].Contender(RoundTrips.Spinning) with { Name = PinnedInside };

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Round trip of 32 bytes between processes that are pinned", Unit.Nanoseconds,
            s_inside, s_inside with { Name = PinnedOutside, IsPinnedFromOutside = true })
        {
            HasDistribution = true,
        },
    ];
}
