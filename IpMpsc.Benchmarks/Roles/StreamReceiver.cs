using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Roles;

/// <summary>
/// Receives the messages of all senders, verifies them, and measures the time from the moment when all senders are
/// sending to the last message.
/// </summary>
internal abstract class StreamReceiver(Job job) : IRole
{
    protected Job Job { get; } = job;

    protected Ledger Ledger { get; } = new(job.Senders);

    public abstract void Prepare();

    public Outcome Run()
    {
        Accept();
        long rest = Job.Count * Job.Senders;
        do
        {
            Receive(1);
            rest--;
        }
        while (rest > 1 && Job.Senders > 1 && !Ledger.HasHeardOfAll);

        RunClock clock = RunClock.Start();
        for (long left = rest; left > 0; left -= StreamSender.Block)
        {
            Receive((int)Math.Min(StreamSender.Block, left));
        }

        return clock.Stop(rest);
    }

    public abstract void Dispose();

    /// <summary>Waits for the senders, where they have to connect.</summary>
    protected virtual void Accept()
    {
    }

    /// <summary>Receives exactly this many messages into the ledger.</summary>
    protected abstract void Receive(int count);
}
