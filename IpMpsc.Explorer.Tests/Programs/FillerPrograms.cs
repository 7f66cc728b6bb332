using Exploring.Engine;
using IpMpsc;
using IpMpsc.Layout;

namespace Exploring.Programs;

/// <summary>Messages whose length does not divide the ring: each lap ends with padding, which may be overwritten before it is skipped.</summary>
internal sealed class Fillers : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1, 32); Send(sender, 2, 32); Send(sender, 3, 32); });
        Sender("b", sender => Send(sender, 1, 60));
        Receive(4);
    }
}

/// <summary>A message of more than half the ring, which needs the room of the padding.</summary>
internal sealed class LargeBehindFiller : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1, 44); Send(sender, 2, 100); Send(sender, 3, 12); });
        Receive(3);
    }
}

/// <summary>A ring that is empty, with the positions in the middle of a lap.</summary>
internal abstract class InMidLap : RingProgram
{
    protected override long Capacity => 128;

    /// <summary>Sends a message of this length and receives it, before the run.</summary>
    protected void Begin(int length, VirtualProcess process, ByteSender sender) => As(process, () =>
    {
        sender.Send(new byte[length]);
        byte[] buffer = new byte[128];
        Require(TheReceiver.TryReceive(buffer, out _), "A message was lost before the run.");
    });
}

/// <summary>The largest message fits into an empty ring without the receiver's help, whatever padding comes before it.</summary>
internal sealed class LargestIntoAnEmptyRing : InMidLap
{
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        Begin(12, process, sender);
        Thread("a", process, () =>
        {
            Begin(1);
            Require(sender.TrySend(Message(1, 112)), "The largest message did not fit into an empty ring.");
            Done(1);
        });
    }

    protected override void Check() => CheckWithRest();
}

/// <summary>The padding at head is overwritten by the message behind it while the receiver reads it.</summary>
internal sealed class FillerIsOverwritten : InMidLap
{
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        Begin(12, process, sender);
        Thread("a", process, () => { Send(sender, 1, 112); Send(sender, 2); });
        Receive(2);
    }
}

/// <summary>The same, and the sender is killed.</summary>
internal sealed class FillerOfTheDeadIsOverwritten : InMidLap
{
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess victim, ByteSender sender) = Join("victim");
        Begin(12, victim, sender);
        Thread("victim", victim, () => Send(sender, 1, 112));
        Kill(victim);
        Sender("b", other => Send(other, 1));
        ReceiveUntil("b", 1);
    }

    protected override void Check() => CheckAfterDeath();
}

/// <summary>Two senders compete with padding at head; one of them claims over it.</summary>
internal sealed class TwoOverAFiller : InMidLap
{
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        Begin(12, process, sender);
        Thread("a", process, () => Send(sender, 1, 76));
        Sender("b", other => { Send(other, 1, 76); Send(other, 2); });
        Receive(3);
    }
}

/// <summary>A message that does not fit into the rest of the lap, from a sender that has just read head.</summary>
internal sealed class EndOfTheLap : InMidLap
{
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        As(process, () =>
        {
            // Makes the sender read head in the middle of a lap, so that it knows of a whole lap of room from there.
            byte[] buffer = new byte[64];
            sender.Send(new byte[28]);
            sender.Send(new byte[28]);
            TheReceiver.TryReceive(buffer, out _);
            sender.Send(new byte[12]);
            sender.Send(new byte[12]);
            while (TheReceiver.TryReceive(buffer, out _))
            {
            }
        });
        Thread("a", process, () => { Send(sender, 1, 28); Send(sender, 2, 44); Send(sender, 3, 28); });
        Receive(3);
    }
}

/// <summary>A payload whose last byte would turn the padding that it overwrites into a message.</summary>
internal sealed class PayloadOverAFiller : InMidLap
{
    private const int Filler = 96;

    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        Begin(28, process, sender);
        Begin(28, process, sender);
        ulong cookie = Header.Cookie & ~Stamp.StateMask;
        byte[] payload = new byte[Filler - 16 + 1];
        payload[^1] = (byte)Stamp.Of(Filler, cookie, RecordState.Message);
        Thread("a", process, () => sender.Send(payload));
        Thread("receiver", ReceiverProcess, () =>
        {
            byte[] received = TheReceiver.Receive();
            Require(received.AsSpan().SequenceEqual(payload), $"Padding with one overwritten byte was received as a message of {received.Length} bytes.");
        });
    }
}
