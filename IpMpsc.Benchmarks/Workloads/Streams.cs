using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Contenders.Sockets;
using IpMpsc.Benchmarks.Limits;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>Messages of 64 bytes, one way, as many as possible.</summary>
internal static class Streams
{
    public const string Exclusive = "IpMpsc, exclusive sender";
    public const string Batches = "IpMpsc, batches of 64";
    public const string BatchesOneByOne = "IpMpsc, batches of 64, received one by one";
    public const string Shared = "IpMpsc, shared sender";
    public const string InPlace = "IpMpsc, in place";
    public const string Plain = "plain ring";
    public const string Records = "record ring";
    public const string Socket = "Unix socket";
    public const string BufferedSocket = "Unix socket, 64 KiB buffers";

    public const string Mutex = "mutex and mapped ring";
    public const string InProcess = "System.Threading.Channels";

    public const string Name = "stream";
    public const string Steadiness = "steadiness";
    public const string Many = "senders";

    /// <summary>The numbers of sender processes.</summary>
    public static readonly int[] SenderCounts = [1, 2, 4, 8];

    /// <summary>What follows the name of an external contender that sends batches.</summary>
    public const string BatchesSuffix = ", batches of 64";

    private static readonly ExternalWork s_single = new("stream") { Size = Unsafe.SizeOf<Tick>() };

    private static readonly ExternalWork s_batched =
        new("batches") { Size = Unsafe.SizeOf<Tick>(), Batch = StreamSender.Block, Suffix = BatchesSuffix };

    private static readonly Contender s_exclusive =
        Of(Exclusive, ContenderKind.Library, Inlet, static path => new ExclusiveOutlet<Tick>(path, default));

    private static readonly Contender s_records =
        Of(Records, ContenderKind.Limit, static path => new RecordInlet<Tick>(path), static path => new RecordOutlet<Tick>(path));

    private static readonly Contender s_batches =
        new(Batches, ContenderKind.Library, static job => new BatchReceiver(job), static job => new BatchSender(job));

    private static readonly Contender s_batchesOneByOne =
        new(BatchesOneByOne, ContenderKind.Library, Receive, static job => new BatchSender(job));

    private static readonly Contender s_mutex = Of(
        Mutex,
        ContenderKind.Alternative,
        static path => new MutexInlet<Tick>(path),
        static path => new MutexOutlet<Tick>(path));

    private static readonly Contender s_inProcess =
        new(InProcess, ContenderKind.Alternative, static job => new InProcessStream(job));

    public static IReadOnlyList<Workload> All { get; } =
    [
        new(Name, "Messages of 64 bytes from one process to another", Unit.MessagesPerSecond,
            s_exclusive,
            s_batches,
            s_batchesOneByOne,
            Of(
                Shared,
                ContenderKind.Library,
                Inlet,
                static path => new SharedOutlet<Tick>(path, default)),
            new(
                InPlace,
                ContenderKind.Library,
                static job => new InPlaceReceiver(job),
                static job => new InPlaceSender(job)),
            Of(
                "IpMpsc, bytes",
                ContenderKind.Library,
                static path => new ByteInlet<Tick>(path, default),
                static path => new ByteOutlet<Tick>(path, default)),
            Of(
                "IpMpsc, async",
                ContenderKind.Library,
                static path => new AwaitingInlet<Tick>(path),
                static path => new AwaitingOutlet<Tick>(path)),
            Of(
                Socket,
                ContenderKind.Alternative,
                static path => new SocketInlet<Tick>(path),
                static path => new SocketOutlet<Tick>(path)),
            Of(
                BufferedSocket,
                ContenderKind.Alternative,
                static path => new BufferedInlet<Tick>(path),
                static path => new BufferedOutlet<Tick>(path)),
            Of(
                "named pipe",
                ContenderKind.Alternative,
                static path => new PipeInlet<Tick>(path),
                static path => new PipeOutlet<Tick>(path)),
            s_mutex,
            s_inProcess,
            s_records,
            Of(
                Plain,
                ContenderKind.Limit,
                static path => new PlainInlet<Tick>(path),
                static path => new PlainOutlet<Tick>(path)))
        {
            External = [s_single, s_batched],
        },
        new(Steadiness, "Messages of 64 bytes from one process to another, in twenty runs", Unit.MessagesPerSecond, s_exclusive, s_records)
        {
            IsRare = true,
            External = [s_single],
        },
        new(Many, "Messages of 64 bytes from several processes", Unit.MessagesPerSecond,
            [.. new[] { s_exclusive, s_batches, s_mutex, s_inProcess }.SelectMany(WithEachCount)])
        {
            External = [.. SenderCounts.Select(static count => s_single with { Kind = "senders", Senders = count, Suffix = NameOf("", count) })],
        },
    ];

    /// <summary>Name of a contender with that many senders.</summary>
    public static string NameOf(string contender, int senders) => $"{contender}, {senders} sending";

    private static IEnumerable<Contender> WithEachCount(Contender contender) =>
        SenderCounts.Select(count => contender with { Name = NameOf(contender.Name, count), Senders = count });

    private static ChannelInlet<Tick> Inlet(string path) => new(path, default);

    private static OneByOneReceiver<Tick, ChannelInlet<Tick>> Receive(Job job) => new(job, Inlet);

    private static Contender Of<TInlet, TOutlet>(
        string name, ContenderKind kind, Func<string, TInlet> listen, Func<string, TOutlet> connect)
        where TInlet : struct, IInlet<Tick>
        where TOutlet : struct, IOutlet<Tick> =>
        new(
            name,
            kind,
            job => new OneByOneReceiver<Tick, TInlet>(job, listen),
            job => new OneByOneSender<Tick, TOutlet>(job, connect));
}
