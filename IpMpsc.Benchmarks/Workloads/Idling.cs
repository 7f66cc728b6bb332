using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads;

/// <summary>Processor time of a process that waits for nothing, in nanoseconds for each second.</summary>
internal static class Idling
{
    private const int Many = 100;

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("idle", "Processor time of an idle process in each second", Unit.Nanoseconds,
            Of("no channel", ContenderKind.Limit, 0, static (_, end) => end.WaitHandle.WaitOne()),
            Of("IpMpsc, Receive", ContenderKind.Library, 1, static (receivers, end) => receivers[0].Receive(end)),
            Of(
                "IpMpsc, ReceiveAsync",
                ContenderKind.Library,
                1,
                static (receivers, end) => receivers[0].ReceiveAsync(end).AsTask().GetAwaiter().GetResult()),
            Of(
                "IpMpsc, set of 100",
                ContenderKind.Library,
                Many,
                static (receivers, end) => WaitForAny(receivers, end)),
            Of(
                "looking every millisecond",
                ContenderKind.Alternative,
                1,
                static (receivers, end) => Look(receivers[0], end)))
        {
            FirstCount = 10,
            IsTimed = true,
        },
    ];

    private static void WaitForAny(IReadOnlyList<Receiver<Ping>> receivers, CancellationToken end)
    {
        using ReceiverSet set = new([.. receivers]);
        set.WaitAny(end);
    }

    private static void Look(Receiver<Ping> receiver, CancellationToken end)
    {
        while (!end.IsCancellationRequested && !receiver.TryReceive(out _))
        {
            Thread.Sleep(1);
        }
    }

    private static Contender Of(
        string name, ContenderKind kind, int receivers, Action<IReadOnlyList<Receiver<Ping>>, CancellationToken> wait) =>
        new(name, kind, job => new Idler(job, wait, receivers));
}
