using System.Diagnostics;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Workloads.Crowds;

/// <summary>Sends to a randomly chosen member of a set, when the set sleeps.</summary>
internal sealed class SetSender(Job job, int channels) : IRole
{
    private readonly Turns _turns = new(job.Address);
    private ExclusiveSender<Dated>[] _senders = [];

    public void Prepare()
    {
        string directory = Crowd.DirectoryOf(job, Sets.Directory);
        _senders = [.. Crowd.Sample(channels).Distinct().Select(member => ExclusiveSender<Dated>.Open(Crowd.PathOf(directory, member)))];
    }

    public Outcome Run()
    {
        Random random = new(1);
        RunClock clock = RunClock.Start();
        for (long turn = 1; turn <= job.Count; turn++)
        {
            _turns.AwaitSleep(turn);
            ExclusiveSender<Dated> sender = _senders[random.Next(_senders.Length)];
            long now = Stopwatch.GetTimestamp();
            _turns.SentAt = now;
            sender.Send(Dated.Make(turn - 1, now));
        }

        return clock.Stop(job.Count);
    }

    public void Dispose()
    {
        Array.ForEach(_senders, static sender => sender.Dispose());
        _turns.Dispose();
    }
}
