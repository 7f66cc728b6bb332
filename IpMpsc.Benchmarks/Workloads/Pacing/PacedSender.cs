using System.Diagnostics;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Workloads.Pacing;

/// <summary>
/// Sends each message when it is due, or as soon as possible after that. Latency counts from when it was due, so a sender
/// that was delayed does not hide how late its messages are. A sender that sleeps wakes up late by itself, so its messages
/// count from when they were sent.
/// </summary>
internal sealed class PacedSender<TOutlet>(Job job, Pace pace, Func<string, TOutlet> connect) : IRole where TOutlet : struct, IOutlet<Dated>
{
    /// <summary>Time for the receiver to begin to wait for the first message.</summary>
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
