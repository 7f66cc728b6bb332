using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>What a tap costs the sender of a stream that it reads.</summary>
internal static class Taps
{
    public const string Name = "tap";
    public const string Alone = "without a tap";
    public const string Tapped = "beside a tap";

    private static readonly Contender s_alone = new(
        Alone,
        ContenderKind.Library,
        static job => new OneByOneReceiver<Tick, ChannelInlet<Tick>>(job, static path => new ChannelInlet<Tick>(path, default)),
        static job => new OneByOneSender<Tick, ExclusiveOutlet<Tick>>(job, static path => new ExclusiveOutlet<Tick>(path, default)));

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Messages of 64 bytes from one process to another, with a tap in a third", Unit.MessagesPerSecond,
            s_alone,
            s_alone with { Name = Tapped, Roles = [.. s_alone.Roles, static job => new TapReader(job)] }),
    ];
}
