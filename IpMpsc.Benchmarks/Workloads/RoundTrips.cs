using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Limits;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>A message of 32 bytes goes to another process and comes back, over two channels.</summary>
internal static class RoundTrips
{
    public const string Name = "roundtrip";
    public const string States = "roundtrip-states";
    public const string Spinning = "IpMpsc, spinning";
    public const string CacheLine = "cache line";
    public const string Socket = "Unix socket";

    private static readonly Contender s_spinning =
        Of(Spinning, ContenderKind.Library, Inlet(WaitStrategy.SpinOnly), Exclusive(WaitStrategy.SpinOnly));

    private static readonly Contender s_cacheLine = Of(
        CacheLine, ContenderKind.Limit, static path => new CacheLineInlet<Ping>(path), static path => new CacheLineOutlet<Ping>(path));

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Round trip of 32 bytes over two channels", Unit.Nanoseconds,
            s_spinning,
            Of(
                "IpMpsc, default",
                ContenderKind.Library,
                Inlet(WaitStrategy.Adaptive),
                Exclusive(WaitStrategy.Adaptive)),
            Of("IpMpsc, shared sender", ContenderKind.Library, Inlet(WaitStrategy.SpinOnly),
                static path => new SharedOutlet<Ping>(path, WaitStrategy.SpinOnly)),
            Of("IpMpsc, bytes", ContenderKind.Library, static path => new ByteInlet<Ping>(path, WaitStrategy.SpinOnly),
                static path => new ByteOutlet<Ping>(path, WaitStrategy.SpinOnly)),
            Of(
                "IpMpsc, async",
                ContenderKind.Library,
                static path => new AwaitingInlet<Ping>(path),
                Exclusive(WaitStrategy.Adaptive)),
            Of(
                Socket,
                ContenderKind.Alternative,
                static path => new SocketInlet<Ping>(path),
                static path => new SocketOutlet<Ping>(path)),
            Of(
                "named pipe",
                ContenderKind.Alternative,
                static path => new PipeInlet<Ping>(path),
                static path => new PipeOutlet<Ping>(path)),
            Of(
                "mutex and mapped ring",
                ContenderKind.Alternative,
                static path => new MutexInlet<Ping>(path),
                static path => new MutexOutlet<Ping>(path)),
            s_cacheLine,
            Of(
                "record ring",
                ContenderKind.Limit,
                static path => new RecordInlet<Ping>(path),
                static path => new RecordOutlet<Ping>(path)),
            Of(
                "plain ring",
                ContenderKind.Limit,
                static path => new PlainInlet<Ping>(path),
                static path => new PlainOutlet<Ping>(path)))
        {
            HasDistribution = true,
            External = [External(ExternalWork.RoundTrip)],
        },
        new(States, "Round trip of 32 bytes over two channels, in twenty runs", Unit.Nanoseconds, s_spinning, s_cacheLine)
        {
            IsRare = true,
            External = [External(ExternalWork.RoundTrip)],
        },
    ];

    /// <summary>What an external program is asked to do.</summary>
    public static ExternalWork External(string kind) => new(kind) { Size = Unsafe.SizeOf<Ping>() };

    private static Func<string, ChannelInlet<Ping>> Inlet(WaitStrategy strategy) => path => new ChannelInlet<Ping>(path, strategy);

    private static Func<string, ExclusiveOutlet<Ping>> Exclusive(WaitStrategy strategy) => path => new ExclusiveOutlet<Ping>(path, strategy);

    public static Contender Of<TInlet, TOutlet>(
        string name, ContenderKind kind, Func<string, TInlet> listen, Func<string, TOutlet> connect)
        where TInlet : struct, IInlet<Ping>
        where TOutlet : struct, IOutlet<Ping> =>
        new(
            name,
            kind,
            job => new Asker<Ping, TInlet, TOutlet>(job, listen, connect),
            job => new Answerer<Ping, TInlet, TOutlet>(job, listen, connect));
}
