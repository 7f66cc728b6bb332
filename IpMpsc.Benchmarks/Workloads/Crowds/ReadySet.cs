using System.Diagnostics;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>Asks a set for a member that already has a message.</summary>
internal sealed class ReadySet(Job job, int channels) : IRole
{
    private readonly List<ExclusiveSender<Dated>> _senders = [];
    private Receiver<Dated>[] _members = [];

    public void Prepare()
    {
        _members = Crowd.Of(job, Sets.Directory, channels).Take(channels);
        string directory = Crowd.DirectoryOf(job, Sets.Directory);
        _senders.AddRange(Crowd.Sample(channels).Distinct().Select(member => ExclusiveSender<Dated>.Open(Crowd.PathOf(directory, member))));
    }

    public Outcome Run()
    {
        Random random = new(1);
        double[] times = new double[job.Count];
        using ReceiverSet set = new(WaitStrategy.BlockOnly, [.. _members]);
        RunClock clock = RunClock.Start();
        for (int index = 0; index < times.Length; index++)
        {
            _senders[random.Next(_senders.Count)].Send(Dated.Make(index, 0));
            long start = Stopwatch.GetTimestamp();
            IReceiver ready = set.WaitAny();
            times[index] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            ((Receiver<Dated>)ready).Receive().AgeOf(index);
        }

        return clock.Stop(times.Length) with { Value = times.Median() };
    }

    public void Dispose() => _senders.ForEach(static sender => sender.Dispose());
}
