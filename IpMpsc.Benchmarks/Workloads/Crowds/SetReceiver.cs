using System.Diagnostics;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>Sleeps on a set until another process sends to one of its members, again and again.</summary>
internal sealed class SetReceiver(Job job, int channels) : IRole
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Turns _turns = new(job.Address);
    private Receiver<Dated>[] _members = [];

    public void Prepare() => _members = Crowd.Of(job, Sets.Directory, channels).Take(channels);

    public Outcome Run()
    {
        double[] times = new double[job.Count];
        using ReceiverSet set = new(WaitStrategy.BlockOnly, [.. _members]);
        RunClock clock = RunClock.Start();
        for (int index = 0; index < times.Length; index++)
        {
            _turns.Announce(index + 1);
            Receiver<Dated> ready = (Receiver<Dated>)(set.WaitAny(s_patience) ?? throw new BenchmarkException("A set was not woken up."));
            long woken = Stopwatch.GetTimestamp();
            ready.Receive().AgeOf(index);
            times[index] = Stopwatch.GetElapsedTime(_turns.SentAt, woken).TotalNanoseconds;
        }

        return clock.Stop(times.Length) with { Value = times.Median() };
    }

    public void Dispose() => _turns.Dispose();
}
