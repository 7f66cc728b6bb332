using System.Diagnostics;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>
/// Reads the messages of a stream through a tap until the receiver has received all of them: with the pauses of
/// <see cref="ChannelTap.ReadAll"/>, and at the lowest priority, as <c>ipmpsc tap</c> does.
/// </summary>
internal sealed class TapReader(Job job) : IRole
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    private ChannelObserver? _observer;
    private ChannelTap? _tap;

    public void Prepare()
    {
        using Process self = Process.GetCurrentProcess();
        self.PriorityClass = ProcessPriorityClass.Idle;
        _observer = ChannelObserver.Open(job.Address);
        _tap = _observer.OpenTap();
    }

    public Outcome Run()
    {
        long all = job.Count * job.Senders;
        long read = 0;
        while (true)
        {
            // Checked first: what the receiver has received by now is available to the tap, too.
            bool isLast = _observer!.Inspect().MessagesReceived >= all;
            read += ReadWhatIsThere();
            if (isLast)
            {
                return read + _tap!.MissedMessages > 0
                    ? new Outcome { Messages = read } // It neither sends nor receives, so its allocations do not count.
                    : throw new BenchmarkException($"The tap saw none of {all} messages.");
            }

            Thread.Sleep(s_pause); // The same pause as that of ReadAll.
        }
    }

    public void Dispose() => _observer?.Dispose();

    private long ReadWhatIsThere()
    {
        long read = 0;
        while (_tap!.TryRead(out PeekedMessage? message))
        {
            Tick tick = MemoryMarshal.Read<Tick>(message.Payload.Span);
            if (!tick.IsWhole)
            {
                throw new BenchmarkException($"The tap read a message at position {message.Position} that is not whole.");
            }

            read++;
        }

        return read;
    }
}
