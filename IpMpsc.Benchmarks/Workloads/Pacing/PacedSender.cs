using System.Diagnostics;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Peers;

namespace IpMpsc.Benchmarks.Workloads.Pacing;

/// <summary>
/// Sends each message when it is due, or as soon as it can after that. Latency counts from when it was due: a sender
/// that was held up does not hide how late its messages are. A sender that sleeps is late by itself, so its messages
/// count from when they were sent.
/// </summary>
internal sealed class PacedSender<TOutlet>(Job job, Pace pace, Func<string, TOutlet> connect) : IRole where TOutlet : struct, IOutlet<Dated>
{
    /// <summary>Until the receiver waits for the first message.</summary>
    private static readonly long s_head = Stopwatch.Frequency / 100;

    private TOutlet _outlet;

    public void Prepare() => _outlet = connect(job.Address);

    public Outcome Run()
    {
        RunClock clock = RunClock.Start();
        long start = Pace.Now + s_head;
        for (long number = 0; number < job.Count; number++)
        {
            long due = pace.DueOf(number, start);
            pace.Await(due);
            Dated message = Dated.Make(number, pace.Sleeps ? Pace.Now : due);
            _outlet.Send(in message);
        }

        return clock.Stop(job.Count);
    }

    public void Dispose() => _outlet.Dispose();
}
