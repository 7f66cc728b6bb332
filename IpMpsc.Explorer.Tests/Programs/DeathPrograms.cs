using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>A sender is killed at any step; the messages of another one still arrive, and nothing that was committed is lost.</summary>
internal abstract class DeathBesideASender : AfterDeath
{
    protected virtual int Count => 1;

    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("victim", SendUntilKilled));
        Sender("b", sender => SendAll(sender, Count));
        ReceiveUntil("b", Count);
    }

    protected abstract void SendUntilKilled(ByteSender sender);
}

/// <summary>Each sends one message.</summary>
internal sealed class KilledSender : DeathBesideASender
{
    protected override void SendUntilKilled(ByteSender sender) => Send(sender, 1);
}

/// <summary>A sender is stopped at any step and continues when no other process can: its claim must still be its own.</summary>
internal sealed class StoppedSender : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Stop(Sender("victim", sender => Send(sender, 1)));
        Sender("b", sender => Send(sender, 1));
        Receive(2);
    }
}

/// <summary>Two senders are killed, with claims of different lengths: the end of one gap may lie within the other.</summary>
internal sealed class TwoDeaths : AfterDeath
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("short", sender => Send(sender, 1)));
        Kill(Sender("long", sender => Send(sender, 1, 44)));
        Sender("b", sender => Send(sender, 1));
        ReceiveUntil("b", 1);
    }
}

/// <summary>The claim is at the start of the ring, and a message behind the gap ends it.</summary>
internal sealed class DeathBeforeACommit : DeathBesideASender
{
    protected override long Capacity => 128;

    protected override int Count => 2;

    protected override void SendUntilKilled(ByteSender sender) => Send(sender, 1, 44);
}

/// <summary>The owner of a batch is killed, with some of its records stamped.</summary>
internal sealed class KilledInABatch : DeathBesideASender
{
    protected override long Capacity => 128;

    protected override void SendUntilKilled(ByteSender sender)
    {
        Begin(1);
        Begin(2);
        sender.SendBatch([Message(1), Message(2)]);
        Done(1);
        Done(2);
    }
}

/// <summary>A sender is killed at the end of the lap, with its padding claimed or stamped.</summary>
internal sealed class KilledAtTheEndOfTheLap : DeathBesideASender
{
    protected override long Capacity => 128;

    protected override void SendUntilKilled(ByteSender sender)
    {
        Send(sender, 1, 44);
        Send(sender, 2, 76);
    }
}

/// <summary>The dead sender's claim is the whole ring. A sender that lost the race against it waits for room, and must not prevent the recovery.</summary>
internal sealed class WholeRingOfTheDead : DeathBesideASender
{
    protected override void SendUntilKilled(ByteSender sender) => Send(sender, 1, 44);
}

/// <summary>A gap whose end is known only from the claim of another sender, which is stopped before its stamp.</summary>
internal sealed class StoppedBehindTheDead : AfterDeath
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("victim", sender => Send(sender, 1, 44)));
        Stop(Sender("b", sender => Send(sender, 1)));
        ReceiveUntil("b", 1);
    }
}

/// <summary>The receiver is killed at any step, and its successor continues: at most one message comes twice.</summary>
internal sealed class KilledReceiver : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 2));
        Kill(ReceiverProcess);
        Receive(2);
        Successor(last: 2);
    }

    protected override void Check() => CheckWithRest(mayRepeat: 1);
}

/// <summary>The receiver is killed while it holds messages, in whatever order they were released.</summary>
internal sealed class KilledHolder : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 3));
        Kill(ReceiverProcess);
        Thread("receiver", ReceiverProcess, () =>
        {
            HeldBytes first = TheReceiver.Hold();
            HeldBytes second = TheReceiver.Hold();
            Got(second.Payload);
            second.Dispose();
            Got(first.Payload);
            first.Dispose();
            using ReceivedBytes third = TheReceiver.ReceiveInPlace();
            Got(third.Payload);
        });
        Successor(last: 3);
    }

    protected override void Check() => CheckWithRest(mayRepeat: 3, mayReorder: true);
}

/// <summary>A receiver that has released the first of two held messages is killed: the second one comes again.</summary>
internal sealed class KilledWithOneHeld : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 3));
        Kill(ReceiverProcess);
        Thread("receiver", ReceiverProcess, () =>
        {
            using HeldBytes first = TheReceiver.Hold();
            using HeldBytes second = TheReceiver.Hold();
            Got(first.Payload);
            first.Dispose();
            Got(second.Payload);
            second.Dispose();
            using ReceivedBytes third = TheReceiver.ReceiveInPlace();
            Got(third.Payload);
        });
        Successor(last: 3);
    }

    protected override void Check() => CheckWithRest(mayRepeat: 2);
}

/// <summary>Sender and receiver are killed; a new receiver finds what was committed.</summary>
internal sealed class BothKilled : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("victim", sender => Send(sender, 1)));
        Sender("b", sender => Send(sender, 1));
        Kill(ReceiverProcess);
        Receive(1);
        Successor(last: 1);
    }

    protected override void Check() => CheckWithRest(mayRepeat: 1);
}

/// <summary>A sender without room is told that the receiver was killed.</summary>
internal sealed class FailsWithoutReceiver : RingProgram
{
    protected override IpcChannelOptions Options => new() { Capacity = Capacity, MaxSenders = Slots, FailWhenFullWithoutReceiver = true };

    protected override void SetUp()
    {
        AllowOversleeping(); // A death does not wake the sender.
        Receiver();
        Kill(ReceiverProcess);
        Receive(1);
        Sender("a", sender => MayThrow<ReceiverGoneException>(() =>
        {
            SendAll(sender, 4);
            Require(false, "Four messages were sent to a receiver that takes one, into a ring for two.");
        }));
    }

    protected override void Check()
    {
    }
}

/// <summary>A forwarder is killed, and its successor looks up what was sent: each message of the source arrives once.</summary>
internal class KilledForwarder : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess victim = Process("victim");
        RecordForwarder forwarder = As(victim, () => RecordForwarder.Open(Name, "source", Options));
        Thread("victim", victim, () =>
        {
            Forward(forwarder, Numbered(1), 1);
            Forward(forwarder, Numbered(2), 2);
        });
        Kill(victim);
        Thread("successor", Process("successor"), () =>
        {
            Await(() => victim.IsDead, "death");
            using RecordForwarder next = OpenWhenFree(() => RecordForwarder.Open(Name, "source", Options));
            for (long sequence = next.LastSequence + 1; sequence <= 3; sequence++)
            {
                Forward(next, Numbered((int)sequence), sequence);
            }

            Sent.Add((99, 1));
            Sent.Add((99, 2));
            Sent.Add((99, 3));
        });
        ReceiveUntil(99, 3);
    }

    protected virtual void Forward(RecordForwarder forwarder, byte[] message, long sequence) => forwarder.Send(0, 0, message, sequence);

    private byte[] Numbered(int number)
    {
        Begun.Add((99, number));
        return Message(number, sender: 99);
    }
}
