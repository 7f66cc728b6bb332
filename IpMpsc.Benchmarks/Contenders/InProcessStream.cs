using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using Channels = System.Threading.Channels;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>
/// System.Threading.Channels, from one thread of this process to another: what moving messages costs if
/// nothing has to leave the process.
/// </summary>
internal sealed class InProcessStream(Job job) : IRole
{
    private readonly Channels.Channel<Tick> _channel = Channels.Channel.CreateBounded<Tick>(
        new Channels.BoundedChannelOptions(16 * 1024) { SingleReader = true, SingleWriter = job.Senders == 1 });

    public void Prepare()
    {
        // There is nothing to share with other processes.
    }

    public Outcome Run()
    {
        Ledger ledger = new(job.Senders);
        Thread[] senders = [.. Enumerable.Range(0, job.Senders).Select(sender => new Thread(() => Send(sender)))];
        Processors.Bind(job.Processors.AsSpan(Math.Min(1, job.Processors.Length))); // A thread inherits the affinity of the thread that starts it.
        Array.ForEach(senders, static sender => sender.Start());
        Processors.Bind(job.Processors.AsSpan(0, Math.Min(1, job.Processors.Length)));
        RunClock clock = RunClock.Start();
        long count = job.Count * job.Senders;
        for (long received = 0; received < count; received++)
        {
            Tick message;
            while (!_channel.Reader.TryRead(out message))
            {
                _channel.Reader.WaitToReadAsync().AsTask().Wait();
            }

            ledger.Enter(in message);
        }

        Outcome outcome = clock.Stop(count);
        Array.ForEach(senders, static sender => sender.Join());
        return outcome;
    }

    public void Dispose() => _channel.Writer.TryComplete();

    private void Send(int sender)
    {
        Supply<Tick> supply = new(sender);
        for (long sent = 0; sent < job.Count; sent += Supply<Tick>.Size)
        {
            foreach (ref readonly Tick message in supply.Next(sent, (int)Math.Min(Supply<Tick>.Size, job.Count - sent)))
            {
                while (!_channel.Writer.TryWrite(message))
                {
                    _channel.Writer.WaitToWriteAsync().AsTask().Wait();
                }
            }
        }
    }
}
