using System.Buffers.Binary;
using Exploring.Engine;
using IpMpsc;
using IpMpsc.Layout;

namespace Exploring.Programs;

/// <summary>Senders drop the newest message: what was not dropped is received, and a sender never waits.</summary>
internal abstract class DropsNewest : DroppingProgram
{
    protected sealed override FullMode Mode => FullMode.DropNewest;

    protected void SendOrDrop(ByteSender sender, int number, int length = 12)
    {
        long dropped = sender.DroppedMessages;
        Begin(number);
        sender.Send(Message(number, length));
        if (sender.DroppedMessages == dropped)
        {
            Done(number);
        }
        else
        {
            Begun.Remove((VirtualThread.Current!.Index, number)); // So it must not be received.
        }
    }
}

/// <summary>Two senders, of which one drops while the other one is killed with the ring claimed, and a receiver.</summary>
internal sealed class DropsNewestBesideADeath : DropsNewest
{
    protected override void Participate()
    {
        Kill(EarlierSender("victim", sender => SendOrDrop(sender, 1, 44)));
        EarlierSender("a", sender =>
        {
            SendOrDrop(sender, 1);
            SendOrDrop(sender, 2);
        });
        ReceiveToEnd();
    }

    protected override void Check() => CheckAfterDeath();
}

/// <summary>The receiver is killed, and nobody frees room until its successor comes.</summary>
internal sealed class DropsNewestWithoutReceiver : DropsNewest
{
    protected override void Participate()
    {
        EarlierSender("a", sender =>
        {
            SendOrDrop(sender, 1);
            SendOrDrop(sender, 2);
            SendOrDrop(sender, 3);
        });
        Kill(ReceiverProcess);
        ReceiveToEnd();
        Successor(last: 1);
    }

    protected override void Check() => CheckWithRest(mayRepeat: 1);
}

/// <summary>A batch and another sender's message compete for the room of two, and nobody receives until both were sent.</summary>
internal sealed class DropsNewestOfBatch : DropsNewest
{
    private long _dropped;

    protected override void Participate()
    {
        EarlierSender("batch", sender =>
        {
            Begin(1);
            Begin(2);
            Begin(3);
            sender.SendBatch([Message(1), Message(2), Message(3)]);
            long dropped = sender.DroppedMessages; // Another thread may run at this step.
            _dropped += dropped;
        });
        EarlierSender("a", sender =>
        {
            Begin(1);
            sender.Send(Message(1));
            long dropped = sender.DroppedMessages; // Another thread may run at this step.
            _dropped += dropped;
        });
        ReceiveToEndAfterSenders();
    }

    protected override void Check()
    {
        ReceiveRest();
        int received = CheckReceived(mayRepeat: 0).Count;
        int missing = Begun.Count - received;
        Require(received > 1, "All messages of those that drop were dropped.");
        Require(_dropped == missing && DroppedBySenders == missing, $"{missing} messages are missing, senders say {_dropped}, and the channel {DroppedBySenders}.");
    }
}

/// <summary>A sender that finds no room for a lap would ask for priority if it waited. One that drops does not, so the others need not hold back.</summary>
internal sealed class DropsNewestWithoutPriority : DropsNewest
{
    private int _sent;
    private int _dropped;

    protected override void Participate()
    {
        EarlierSender("a", sender =>
        {
            for (int number = 1; number <= 5; number++)
            {
                Await(() => _dropped >= (number - 1) / 2, "drop"); // Two fill the ring, and then b drops one.
                Begin(number);
                Require(sender.TrySend(Message(number), TimeSpan.FromDays(1)), "There was no room for a message in a day.");
                Done(number);
                _sent = number;
            }
        });
        EarlierSender("b", sender =>
        {
            for (int number = 1; number <= 2; number++)
            {
                Await(() => _sent >= 2 * number, "full ring");
                SendOrDrop(sender, number);
                Require(sender.DroppedMessages == number, "There was room for a message in a full ring.");
                Require(!IsAnyoneServedFirst(), "A sender that drops has asked for priority.");
                _dropped = number;
            }
        });
        Thread("receiver", ReceiverProcess, () =>
        {
            for (int number = 1; number <= 2; number++)
            {
                Await(() => _dropped >= number, "drop");
                Got(TheReceiver.Receive());
                Got(TheReceiver.Receive());
            }

            ReceiveUntil(TheReceiver, End, 1);
        });
    }

    protected override void Check() => CheckWithRest();

    private static unsafe bool IsAnyoneServedFirst() => ChannelState.HasPriority(*Header.State);
}

/// <summary>The receiver drops the oldest messages of a full ring.</summary>
internal abstract class DropsOldest : DroppingReceiver
{
    protected sealed override FullMode Mode => FullMode.DropOldest;
}

/// <summary>The sender is ahead, beside, or behind.</summary>
internal sealed class DropsOldestOfSender : DropsOldest
{
    protected override void Participate()
    {
        EarlierSender("a", sender => SendAll(sender, 3));
        ReceiveToEnd();
    }
}

/// <summary>A full ring is found: its oldest message is dropped, and no other.</summary>
internal sealed class DropsOldestOfFullRing : DropsOldest
{
    protected override void Participate()
    {
        EarlierSender("a", sender => SendAll(sender, 2));
        ReceiveToEndAfterSenders();
    }

    protected override void Check()
    {
        List<(int Sender, int Number)> received = CheckDropped();
        Require(!received.Exists(message => message.Sender != End && message.Number == 1), "The oldest message of a full ring was received.");
    }
}

/// <summary>Half of a ring is filled: nothing is dropped.</summary>
internal sealed class DropsNothingOfHalfRing : DropsOldest
{
    protected override long Capacity => 128;

    protected override void Participate()
    {
        EarlierSender("a", sender => SendAll(sender, 2));
        ReceiveToEndAfterSenders();
    }

    protected override void Check()
    {
        CheckDropped();
        Require(DroppedByReceiver == 0, "Messages of a ring that is not full were dropped.");
    }
}

/// <summary>A sender is killed with a claim, and the receiver at any step: what is dropped for the claim is not the last message.</summary>
internal sealed class DropsOldestOfTheDead : DropsOldest
{
    protected override long Capacity => 128;

    protected override void Participate()
    {
        Kill(EarlierSender("victim", sender => Send(sender, 1, 44)));
        EarlierSender("a", sender => SendAll(sender, 2));
        Kill(ReceiverProcess);
        ReceiveToEnd();
        Successor(last: 1);
    }

    protected override void Check() => CheckDropped(mayRepeat: 1);
}

/// <summary>A message is held, and its room does not count: the one behind it is not dropped, although the ring is full.</summary>
internal sealed class DropsOldestBehindHeld : DropsOldest
{
    protected override void Participate()
    {
        bool isHeld = false;
        EarlierSender("a", sender =>
        {
            Send(sender, 1);
            Await(() => isHeld, "receiver");
        });
        Thread("receiver", ReceiverProcess, () =>
        {
            using HeldBytes held = TheReceiver.Hold();
            isHeld = true;
            Got(held.Payload);
            ReceiveUntil(TheReceiver, End, 1);
        });
    }
}

/// <summary>The receiver drops messages that a newer one of their key supersedes. The last message has a key of its own.</summary>
internal abstract class DropsSuperseded : DroppingReceiver
{
    protected sealed override FullMode Mode => FullMode.LatestOnly;

    protected override ByteReceiver Prepared(ByteReceiver receiver)
    {
        receiver.LatestBy(payload => KeyOf(BinaryPrimitives.ReadInt32LittleEndian(payload), BinaryPrimitives.ReadInt32LittleEndian(payload[4..])));
        return receiver;
    }

    /// <summary>The key of a message.</summary>
    protected virtual int KeyOf(int sender, int number) => sender == End ? 1 : 0;

    /// <returns>What was received, in its order.</returns>
    protected List<(int Sender, int Number)> CheckSuperseded(int mayRepeat = 0)
    {
        List<(int Sender, int Number)> received = CheckDropped(mayRepeat);
        foreach (int key in Sent.Select(KeyOf).Distinct())
        {
            // Of the messages that were sent in turn, one that is missing was superseded by one that was received after all before it.
            foreach ((int Sender, int Number) missing in Sent.Where(message => KeyOf(message) == key && !received.Contains(message)))
            {
                bool isSuperseded = received.Exists(other => KeyOf(other) == key && (other.Sender != missing.Sender || other.Number > missing.Number));
                Require(isSuperseded, $"Message {missing.Number} of thread {missing.Sender} was dropped, and none of its key received after it.");
            }
        }

        return received;
    }

    protected override void Check() => CheckSuperseded();

    private int KeyOf((int Sender, int Number) message) => KeyOf(message.Sender, message.Number);
}

/// <summary>The receiver looks ahead while the sender commits.</summary>
internal sealed class DropsSupersededOfSender : DropsSuperseded
{
    protected override void Participate()
    {
        EarlierSender("a", sender => SendAll(sender, 3));
        ReceiveToEnd();
    }
}

/// <summary>The newest message is followed by one that was given up, which supersedes nothing, and by a gap of the end of the lap.</summary>
internal sealed class DropsSupersededBeforeAborted : DropsSuperseded
{
    protected override long Capacity => 256;

    protected override void Participate()
    {
        EarlierSender("a", sender =>
        {
            SendAll(sender, 3);
            sender.TryClaim(12, out ByteClaim claim);
            Message(4).CopyTo(claim.Payload);
            claim.Abort();
        });
        ReceiveToEndAfterSenders();
    }

    protected override void Check()
    {
        List<(int Sender, int Number)> received = CheckSuperseded();
        Require(received.Count == 2, $"{received.Count} messages of two keys were received, although all were committed before.");
    }
}

/// <summary>A sender is killed at any step, and its claim supersedes nothing before it is committed.</summary>
internal sealed class DropsSupersededBesideADeath : DropsSuperseded
{
    protected override long Capacity => 128;

    protected override void Participate()
    {
        Kill(EarlierSender("victim", sender => Send(sender, 1)));
        EarlierSender("a", sender => SendAll(sender, 2));
        ReceiveToEnd();
    }
}

/// <summary>The receiver is killed as well, and its successor judges what it finds.</summary>
internal sealed class DropsSupersededOfTheDead : DropsSuperseded
{
    protected override long Capacity => 128;

    protected override void Participate()
    {
        EarlierSender("a", sender => SendAll(sender, 3));
        Kill(ReceiverProcess);
        ReceiveToEnd();
        Successor(last: 1);
    }

    protected override void Check() => CheckSuperseded(mayRepeat: 1);
}

/// <summary>A message is held while messages behind it are dropped. The receiver is killed, and its successor receives it again.</summary>
internal sealed class DropsSupersededBehindHeld : DropsSuperseded
{
    protected override long Capacity => 128;

    protected override int KeyOf(int sender, int number) => number == 1 ? base.KeyOf(sender, number) : 2;

    protected override void Participate()
    {
        EarlierSender("a", sender => SendAll(sender, 4));
        Kill(ReceiverProcess);
        Thread("receiver", ReceiverProcess, () =>
        {
            HeldBytes held = TheReceiver.Hold();
            using (ReceivedBytes second = TheReceiver.ReceiveInPlace())
            {
                Got(held.Payload);
                held.Dispose();
                Got(second.Payload);
            }

            ReceiveUntil(TheReceiver, End, 1);
        });
        Successor(last: 1);
    }

    protected override void Check() => CheckSuperseded(mayRepeat: 3);
}

/// <summary>The room of a message that is dropped is given to a sender that waits, although the receiver holds the one behind it.</summary>
internal sealed class DropsSupersededForRoom : DropsSuperseded
{
    protected override void Participate()
    {
        EarlierSender("a", sender => SendAll(sender, 2));
        Thread("receiver", ReceiverProcess, () =>
        {
            HeldBytes held = TheReceiver.Hold();
            Got(held.Payload);
            if (DroppedByReceiver == 0)
            {
                held.Dispose(); // The ring may be full.
            }

            ReceiveUntil(TheReceiver, End, 1);
            if (held.IsHeld)
            {
                held.Dispose();
            }
        });
    }
}

/// <summary>The receiver goes back to messages that it holds, and judges them again: all but the newest are superseded by now.</summary>
internal sealed class DropsSupersededAfterRewind : DropsSuperseded
{
    protected override long Capacity => 256;

    protected override bool MayCountTwice => true;

    protected override void Participate()
    {
        bool isHeld = false;
        EarlierSender("a", sender =>
        {
            Send(sender, 1);
            Await(() => isHeld, "receiver");
            Send(sender, 2);
            Send(sender, 3);
        });
        Thread("receiver", ReceiverProcess, () =>
        {
            TheReceiver.Hold();
            isHeld = true;
            AwaitSenders();
            TheReceiver.Hold();
            TheReceiver.Rewind();
            ReceiveUntil(TheReceiver, End, 1);
        });
    }

    protected override void Check()
    {
        List<(int Sender, int Number)> received = CheckSuperseded();
        Require(received.Count == 2, $"{received.Count} messages of two keys were received, although all were committed before the receiver went back.");
    }
}
