using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Limits;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>Round trips between processes that sleep while they wait: two wake-ups for each.</summary>
internal static class Wakes
{
    public const string Name = "wake";
    public const string Blocking = "IpMpsc, blocking";
    public const string Futex = "futex ping-pong";

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Round trip of 32 bytes between sleepers, two wake-ups", Unit.Nanoseconds, Contenders())
        {
            HasDistribution = true,
            External = [RoundTrips.External(ExternalWork.Wake)],
        },
    ];

    private static List<Contender> Contenders()
    {
        List<Contender> contenders =
        [
            RoundTrips.Of(
                Blocking,
                ContenderKind.Library,
                static path => new ChannelInlet<Ping>(path, WaitStrategy.BlockOnly),
                static path => new ExclusiveOutlet<Ping>(path, WaitStrategy.BlockOnly)),
            RoundTrips.Of(
                "IpMpsc, async",
                ContenderKind.Library,
                static path => new AwaitingInlet<Ping>(path, WaitStrategy.BlockOnly),
                static path => new ExclusiveOutlet<Ping>(path, WaitStrategy.BlockOnly)),
            RoundTrips.Of(
                "Unix socket",
                ContenderKind.Alternative,
                static path => new SocketInlet<Ping>(path),
                static path => new SocketOutlet<Ping>(path)),
            RoundTrips.Of(
                "named pipe",
                ContenderKind.Alternative,
                static path => new PipeInlet<Ping>(path),
                static path => new PipeOutlet<Ping>(path)),
        ];
        if (OperatingSystem.IsLinux())
        {
            contenders.Add(RoundTrips.Of(
                Futex, ContenderKind.Limit, static path => new FutexInlet<Ping>(path), static path => new FutexOutlet<Ping>(path)));
        }

        return contenders;
    }
}
