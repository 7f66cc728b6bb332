using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Limits;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>Send and receive on one thread, 48 bytes.</summary>
internal static class Pairs
{
    public const string Name = "pair";
    public const string Exclusive = "IpMpsc, exclusive sender";
    public const string Plain = "plain ring";
    public const string Records = "record ring";

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Send and receive of 48 bytes on one thread", Unit.Nanoseconds,
            Of(Exclusive, ContenderKind.Library, Inlet, static path => new ExclusiveOutlet<Order>(path, default)),
            Of(
                "IpMpsc, shared sender",
                ContenderKind.Library,
                Inlet,
                static path => new SharedOutlet<Order>(path, default)),
            Of(
                "IpMpsc, bytes",
                ContenderKind.Library,
                static path => new ByteInlet<Order>(path, default),
                static path => new ByteOutlet<Order>(path, default)),
            Of(
                Records,
                ContenderKind.Limit,
                static path => new RecordInlet<Order>(path),
                static path => new RecordOutlet<Order>(path)),
            Of(
                Plain,
                ContenderKind.Limit,
                static path => new PlainInlet<Order>(path),
                static path => new PlainOutlet<Order>(path))),
    ];

    private static ChannelInlet<Order> Inlet(string path) => new(path, default);

    private static Contender Of<TInlet, TOutlet>(
        string name, ContenderKind kind, Func<string, TInlet> listen, Func<string, TOutlet> connect)
        where TInlet : struct, IInlet<Order>
        where TOutlet : struct, IOutlet<Order> =>
        new(name, kind, job => new PairRole<Order, TInlet, TOutlet>(job, listen, connect));
}
