using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Scaling;

/// <summary>The stream of 64 bytes through rings of all sizes, whose pages are mapped in advance.</summary>
internal static class Capacities
{
    public const string Name = "capacity";

    private const long KiB = 1 << 10;
    private const long MiB = 1 << 20;

    /// <summary>The capacities that leave most of the machine's memory free.</summary>
    public static readonly long[] Bytes =
    [
        .. new[] { 64 * KiB, 256 * KiB, MiB, 4 * MiB, 16 * MiB, 64 * MiB, 256 * MiB, 1024 * MiB }
            .Where(static bytes => bytes <= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8),
    ];

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Messages of 64 bytes through rings of 64 KiB to 1 GiB", Unit.MessagesPerSecond, [.. Bytes.Select(Of)]),
    ];

    public static string NameOf(long bytes) => bytes < MiB ? $"IpMpsc, {bytes / KiB} KiB" : $"IpMpsc, {bytes / MiB} MiB";

    private static Contender Of(long bytes) => new(
        NameOf(bytes),
        ContenderKind.Library,
        job => new OneByOneReceiver<Tick, ChannelInlet<Tick>>(job, path => new ChannelInlet<Tick>(path, default, bytes)),
        job => new OneByOneSender<Tick, ExclusiveOutlet<Tick>>(job, path => new ExclusiveOutlet<Tick>(path, default, bytes)));
}
