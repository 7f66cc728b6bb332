using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Scaling;

/// <summary>Many more sender processes than processors, with default options.</summary>
internal static class ManySenders
{
    public const string Name = "senders-many";

    public static readonly int[] Counts = [1, 4, 16, 64];

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Messages of 64 bytes from up to 64 processes", Unit.MessagesPerSecond, [.. Counts.Select(static count => new Contender(
            NameOf(count),
            ContenderKind.Library,
            static job => new OneByOneReceiver<Tick, ChannelInlet<Tick>>(job, static path => new ChannelInlet<Tick>(path, default)),
            static job => new OneByOneSender<Tick, ExclusiveOutlet<Tick>>(job, static path => new ExclusiveOutlet<Tick>(path, default)))
        {
            Senders = count,
        })]),
    ];

    public static string NameOf(int senders) => Streams.NameOf(Streams.Exclusive, senders);
}
