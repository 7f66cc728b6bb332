using Exploring.Engine;
using IpMpsc;
using IpMpsc.Layout;

namespace Exploring.Programs;

/// <summary>
/// A participant drops messages. Some threads send; when all of them have ended or died, the thread "end" sends one more, which is the last in the ring and
/// so is never dropped.
/// </summary>
internal abstract class DroppingProgram : RingProgram
{
    private readonly List<VirtualProcess> _senders = [];
    private readonly HashSet<VirtualProcess> _over = [];

    protected abstract FullMode Mode { get; }

    protected override IpcChannelOptions Options => base.Options with { FullMode = Mode };

    protected int End { get; private set; }

    protected bool AreSendersOver => _senders.TrueForAll(sender => sender.IsDead || _over.Contains(sender));

    protected static unsafe long DroppedByReceiver => SharedWord.ReadCounter(Header.DroppedByReceiver);

    protected static unsafe long DroppedBySenders => SharedWord.ReadCounter(Header.DroppedBySenders);

    /// <summary>Creates the channel, its receiver and the thread that sends the last message.</summary>
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("end");
        End = Thread("end", process, () =>
        {
            AwaitSenders();
            Begin(1);
            Require(sender.TrySend(Message(1), TimeSpan.FromDays(1)), "There was no room for a message in a day."); // With a limit nothing is dropped.
            Done(1);
        }).Index;
        Participate();
    }

    /// <summary>Creates the other threads.</summary>
    protected abstract void Participate();

    protected VirtualProcess EarlierSender(string name, Action<ByteSender> body)
    {
        (VirtualProcess process, ByteSender sender) = Join(name);
        Thread(name, process, () =>
        {
            body(sender);
            IpMpsc.Interlocked.MemoryBarrier(); // What it stored is visible before the mark, which the explorer does not delay.
            _over.Add(process);
        });
        _senders.Add(process);
        return process;
    }

    protected void AwaitSenders() => Await(() => AreSendersOver, "senders");

    /// <summary>Receives up to the last message.</summary>
    protected void ReceiveToEnd() => ReceiveUntil(End, 1);

    /// <summary>The same, and begins when all others have sent.</summary>
    protected void ReceiveToEndAfterSenders() => Thread("receiver", ReceiverProcess, () =>
    {
        AwaitSenders();
        ReceiveUntil(TheReceiver, End, 1);
    });
}

/// <summary>The receiver drops messages: what was sent was received or counted as dropped, and the last message is received.</summary>
internal abstract class DroppingReceiver : DroppingProgram
{
    /// <summary>Whether a message may be dropped, counted, and judged again.</summary>
    protected virtual bool MayCountTwice => ReceiverProcess.IsDead;

    protected override void Check() => CheckDropped();

    /// <returns>What was received, in its order.</returns>
    protected List<(int Sender, int Number)> CheckDropped(int mayRepeat = 0)
    {
        ReceiveRest();
        List<(int Sender, int Number)> received = CheckReceived(mayRepeat);
        Require(received.Contains((End, 1)), "The last message in the ring was dropped.");

        // A sender that is killed may have sent a message without noting it here.
        int missing = Sent.Count(message => !received.Contains(message));
        int most = Begun.Count - received.Count;
        Require(
            DroppedByReceiver >= missing && (DroppedByReceiver <= most || MayCountTwice),
            $"The receiver counts {DroppedByReceiver} dropped messages, and {missing} to {most} were dropped.");
        return received;
    }
}
