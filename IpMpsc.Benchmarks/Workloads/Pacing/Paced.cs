using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Limits;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Pacing;

/// <summary>Messages of 32 bytes at a steady rate, and how late each one is.</summary>
internal static class Paced
{
    public const string Wake = "wake-paced";
    public const string Sleeper = "IpMpsc, one sleeper";
    public const string Futex = "futex, one sleeper";

    private const int WakesPerSecond = 2_000;

    /// <summary>
    /// A sender that sleeps in between wakes a sleeping receiver: no process polls in the meantime.
    /// </summary>
    public static IReadOnlyList<Workload> Wakes { get; } =
    [
        new(Wake, "Waking one sleeper, 2,000 times a second, one way", Unit.Nanoseconds, Sleepers())
        {
            FixedCount = WakesPerSecond / 4,
        },
    ];

    /// <summary>Latencies at several rates, measured for a second each.</summary>
    public static IReadOnlyList<Workload> Rates { get; } = [AtRate(1_000, "1k"), AtRate(100_000, "100k"), AtRate(1_000_000, "1M")];

    private static Workload AtRate(int rate, string name)
    {
        Pace pace = new(rate, Sleeps: false);
        List<Contender> contenders =
        [
            Of("IpMpsc, spinning", ContenderKind.Library, pace, Inlet(WaitStrategy.SpinOnly), Outlet(WaitStrategy.SpinOnly)),
            Of("IpMpsc, default", ContenderKind.Library, pace, Inlet(WaitStrategy.Adaptive), Outlet(WaitStrategy.Adaptive)),
            Of("record ring", ContenderKind.Limit, pace, static path => new RecordInlet<Dated>(path), static path => new RecordOutlet<Dated>(path)),
        ];
        if (rate < 1_000_000) // A socket cannot keep up: its messages would be later and later.
        {
            contenders.Add(Of(
                "Unix socket", ContenderKind.Alternative, pace, static path => new SocketInlet<Dated>(path), static path => new SocketOutlet<Dated>(path)));
        }

        return new($"paced-{name}", $"Messages at {rate:N0} a second: time from when each was due", Unit.Nanoseconds, contenders)
        {
            HasDistribution = true,
            FixedCount = rate,
        };
    }

    private static List<Contender> Sleepers()
    {
        Pace pace = new(WakesPerSecond, Sleeps: true);
        List<Contender> contenders =
        [
            Of(Sleeper, ContenderKind.Library, pace, Inlet(WaitStrategy.BlockOnly), Outlet(WaitStrategy.BlockOnly)),
            Of("Unix socket", ContenderKind.Alternative, pace, static path => new SocketInlet<Dated>(path), static path => new SocketOutlet<Dated>(path)),
        ];
        if (OperatingSystem.IsLinux())
        {
            contenders.Add(Of(
                Futex, ContenderKind.Limit, pace, static path => new FutexInlet<Dated>(path), static path => new FutexOutlet<Dated>(path)));
        }

        return contenders;
    }

    private static Func<string, ChannelInlet<Dated>> Inlet(WaitStrategy strategy) => path => new ChannelInlet<Dated>(path, strategy);

    private static Func<string, ExclusiveOutlet<Dated>> Outlet(WaitStrategy strategy) => path => new ExclusiveOutlet<Dated>(path, strategy);

    private static Contender Of<TInlet, TOutlet>(
        string name, ContenderKind kind, Pace pace, Func<string, TInlet> listen, Func<string, TOutlet> connect)
        where TInlet : struct, IInlet<Dated>
        where TOutlet : struct, IOutlet<Dated> =>
        new(name, kind, job => new PacedReceiver<TInlet>(job, listen), job => new PacedSender<TOutlet>(job, pace, connect));
}
