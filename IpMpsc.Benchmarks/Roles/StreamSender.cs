using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Roles;

/// <summary>Sends messages as fast as possible.</summary>
internal abstract class StreamSender(Job job) : IRole
{
    /// <summary>Messages that are filled together; see <see cref="Supply{T}"/>.</summary>
    public const int Block = Supply<Tick>.Size;

    protected Job Job { get; } = job;

    public abstract void Prepare();

    public Outcome Run()
    {
        RunClock clock = RunClock.Start();
        for (long sent = 0; sent < Job.Count; sent += Block)
        {
            Send(sent, (int)Math.Min(Block, Job.Count - sent));
        }

        Complete();
        return clock.Stop(Job.Count);
    }

    public abstract void Dispose();

    /// <summary>Sends some messages, numbered from <paramref name="first"/>.</summary>
    protected abstract void Send(long first, int count);

    /// <summary>Sends what was buffered.</summary>
    protected virtual void Complete()
    {
    }
}
