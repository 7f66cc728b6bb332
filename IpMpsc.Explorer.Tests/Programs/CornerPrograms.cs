using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>The claim of the dead is the whole ring; a sender that lost the race against it waits for room, and must not stand in the way.</summary>
internal sealed class WholeRingOfTheDead : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("victim", sender => Send(sender, 1, 44)));
        Sender("b", sender => Send(sender, 1));
        ReceiveUntil("b", 1);
    }

    protected override void Check() => CheckAfterDeath();
}

/// <summary>A gap whose end only the claim of a sender shows that is stopped before its stamp.</summary>
internal sealed class StoppedBehindTheDead : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("victim", sender => Send(sender, 1, 44)));
        Stop(Sender("b", sender => Send(sender, 1)));
        ReceiveUntil("b", 1);
    }

    protected override void Check() => CheckAfterDeath();
}

/// <summary>A ring that is empty, with the positions in the middle of a lap.</summary>
internal abstract class InMidLap : RingProgram
{
    protected override long Capacity => 128;

    /// <summary>Sends a message of that length and receives it, before the run.</summary>
    protected void Begin(int length, VirtualProcess process, ByteSender sender) => As(process, () =>
    {
        sender.Send(new byte[length]);
        byte[] buffer = new byte[128];
        Require(TheReceiver.TryReceive(buffer, out _), "A message was lost before the run.");
        return 0;
    });
}

/// <summary>The largest message goes into an empty ring without the receiver's help, whatever filler comes before it.</summary>
internal sealed class LargestIntoAnEmptyRing : InMidLap
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Begin(12, process, sender);
        Thread("a", process, () =>
        {
            Begin(1);
            Require(sender.TrySend(Message(1, 112)), "The largest message did not fit into an empty ring.");
            Done(1);
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>The filler at head is overwritten by the message behind it while the receiver looks at it.</summary>
internal sealed class FillerIsOverwritten : InMidLap
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
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
        VirtualProcess victim = Process("victim");
        ByteSender sender = As(victim, () => ByteSender.Open(Name, Options));
        Begin(12, victim, sender);
        Thread("victim", victim, () => Send(sender, 1, 112));
        Kill(victim);
        Sender("b", other => Send(other, 1));
        ReceiveUntil("b", 1);
    }

    protected override void Check() => CheckAfterDeath();
}

/// <summary>Two senders with the filler at head between them; one claims over it.</summary>
internal sealed class TwoOverAFiller : InMidLap
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Begin(12, process, sender);
        Thread("a", process, () => Send(sender, 1, 76));
        Sender("b", other => { Send(other, 1, 76); Send(other, 2); });
        Receive(3);
    }
}

/// <summary>A newcomer takes the slot of a dead sender that had lost the race for a claim, and does nothing: the winner's gap is skipped all the same.</summary>
internal sealed class SlotOfTheLoser : RingProgram
{
    protected override int Slots => 2;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess loser;
        Kill(Sender("winner", sender => Send(sender, 1)));
        Kill(loser = Sender("loser", sender => Send(sender, 1, 44)));
        Thread("newcomer", Process("newcomer"), () =>
        {
            Hook.Await(() => loser.IsDead, Timeout.InfiniteTimeSpan, "death");
            try
            {
                ByteSender.Open(Name, Options);
            }
            catch (ChannelInUseException)
            {
            }
        });
    }

    protected override void Check() => CheckAfterDeath();
}

/// <summary>A newcomer looks at a slot whose owner claims and dies meanwhile.</summary>
internal sealed class SlotRace : RingProgram
{
    protected override int Slots => 2;

    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("victim", sender => Send(sender, 1)));
        VirtualProcess process = Process("newcomer");
        IpMpsc.Sending.ProducerPool pool = As(process, () => IpMpsc.Opening.ChannelAccess.OpenSender(
            Name, Options, IpMpsc.Segments.OpenMode.OpenExisting, IpMpsc.Opening.ExpectedSchema.Bytes));
        Thread("newcomer", process, () => IpMpsc.Segments.SenderSlots.TryTake(pool.Attachment, 0));
    }

    protected override void Check() => CheckAfterDeath();
}

/// <summary>A newcomer looks whether the claim of a dead batch is stamped, while head passes its first record and a sender writes over it.</summary>
internal sealed class SlotOfTheDeadBatch : InMidLap
{
    protected override int Slots => 3;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess victim = Process("victim");
        IpMpsc.Sending.ProducerPool dead = As(victim, OpenPool);
        VirtualProcess b = Process("b");
        ByteSender other = As(b, () => ByteSender.Open(Name, Options));
        Begin(0, victim, other);
        VirtualProcess process = Process("newcomer");
        IpMpsc.Sending.ProducerPool pool = As(process, OpenPool);
        Thread("newcomer", process, () => IpMpsc.Segments.SenderSlots.TryTake(pool.Attachment, 0));
        bool isStamped = false;
        Thread("victim", victim, () =>
        {
            IpMpsc.Ring.RingProducer producer = dead.TryRent()!;
            producer.TryClaim(64);
            new byte[] { 1, 2, 3 }.CopyTo(producer.Payload(16, 12));
            producer.StampMessage(16, IpMpsc.Layout.RecordDescriptor.Describe(12, 0, 0));
            isStamped = true;
        });
        Thread("death", ReceiverProcess, () =>
        {
            Hook.Await(() => isStamped, Timeout.InfiniteTimeSpan, "stamp");
            KillNow(victim);
        });
        VirtualThread receiver = Thread("receiver", ReceiverProcess, () => TheReceiver.Receive());
        Thread("b", b, () =>
        {
            Hook.Await(() => receiver.HasEnded && victim.IsDead, Timeout.InfiniteTimeSpan, "message");
            other.TrySend(new byte[28]);
            other.TrySend(Enumerable.Repeat((byte)0x7f, 28).ToArray());
        });
    }

    protected override void Check()
    {
        byte[] buffer = new byte[128];
        while (TheReceiver.TryReceive(buffer, out _, TimeSpan.Zero))
        {
        }

        Require(TheReceiver.NextPosition == Tail, "The receiver does not get past what a dead sender has left.");
    }

    private IpMpsc.Sending.ProducerPool OpenPool() => IpMpsc.Opening.ChannelAccess.OpenSender(
        Name, Options, IpMpsc.Segments.OpenMode.OpenExisting, IpMpsc.Opening.ExpectedSchema.Bytes);
}

/// <summary>A receiver that sleeps is told that the last sender has left.</summary>
internal sealed class LastSenderLeaves : RingProgram
{
    protected override IpcChannelOptions Options => new() { Capacity = Capacity, MaxSenders = Slots, EndWithSenders = true };

    protected override void SetUp()
    {
        Receiver();
        VirtualThread receiver = Thread("receiver", ReceiverProcess, () =>
        {
            try
            {
                Got(TheReceiver.Receive());
                Require(false, "A message was received that nobody sent.");
            }
            catch (ChannelCompletedException)
            {
            }
        });
        Sender("a", sender =>
        {
            Hook.Await(() => receiver.Sleeping.Count > 0, Timeout.InfiniteTimeSpan, "sleep");
            sender.Dispose();
        });
    }
}

/// <summary>The first sender joins while the receiver looks whether all have left.</summary>
internal sealed class SenderJoins : RingProgram
{
    protected override IpcChannelOptions Options => new() { Capacity = Capacity, MaxSenders = Slots, EndWithSenders = true };

    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        Thread("a", Process("a"), () =>
        {
            using ByteSender sender = ByteSender.Open(Name);
            Send(sender, 1);
        });
        Thread("receiver", ReceiverProcess, () =>
        {
            try
            {
                while (true)
                {
                    Got(TheReceiver.Receive());
                }
            }
            catch (ChannelCompletedException)
            {
            }
        });
    }
}

/// <summary>A sender that waits for room is told that the channel was deleted. The receiver does not receive.</summary>
internal sealed class DeletedUnderWaitingSender : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender =>
        {
            try
            {
                for (int number = 1; number <= 3; number++)
                {
                    Send(sender, number);
                }

                Require(false, "Three messages were sent into a ring for two.");
            }
            catch (ChannelRetiredException)
            {
            }
        });
        Thread("deleter", Process("deleter"), static () => IpcChannel.Delete(Name, evenIfInUse: true));
    }

    protected override void Check()
    {
    }
}

/// <summary>Somebody opens a channel that is deleted meanwhile: a channel with that mark is not joined by those who lock after it was set.</summary>
internal sealed class OpenedWhileDeleted : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        As(ReceiverProcess, () => { TheReceiver.Dispose(); return 0; });
        Thread("deleter", Process("deleter"), () =>
        {
            IpcChannel.Delete(Name, evenIfInUse: true);
            TheReceiver = ByteReceiver.OpenOrCreate(Name, Options);
        });
        Thread("opener", Process("opener"), () =>
        {
            try
            {
                using ByteSender sender = ByteSender.Open(Name);
                Send(sender, 1);
            }
            catch (ChannelNotFoundException)
            {
            }
            catch (ChannelRetiredException)
            {
                int mark = Run.Steps.FindLastIndex(static step => step.Name == "retire.mark");
                int taken = Run.Steps.FindLastIndex(static step => step.Name == "slot.lock (lock)");
                Require(mark > taken, "A channel was joined that had been deleted before.");
            }
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        Require(Host.VirtualStore.IsNamed(Run, Name), "The new channel has lost its name.");
    }
}

/// <summary>Two processes replace one channel at once.</summary>
internal sealed class TwoReplace : RingProgram
{
    private readonly List<ByteReceiver> _made = [];

    protected override void SetUp()
    {
        Receiver();
        As(ReceiverProcess, () => { TheReceiver.Dispose(); return 0; });
        Thread("one", Process("one"), Replace);
        Thread("two", Process("two"), Replace);
    }

    protected override void Check()
    {
        Require(_made.Count == 1, $"{_made.Count} receivers have replaced one channel.");
        TheReceiver = _made[0];
        using ByteSender sender = ByteSender.Open(Name);
        Require(sender.IsReceiverAttached, "The channel of that name has no receiver.");
    }

    private void Replace()
    {
        try
        {
            _made.Add(ByteReceiver.Replace(Name, Options));
        }
        catch (ChannelInUseException)
        {
        }
    }
}

/// <summary>A sender that has a turn reserved and its claim open asks for another turn.</summary>
internal sealed class ReservedTurnInUse : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        bool isReserved = false;
        Thread("owner", process, () =>
        {
            Run.Aside(() =>
            {
                for (int turn = 0; turn < 1_100; turn++)
                {
                    sender.TryClaim(12, out ByteClaim unused);
                    unused.Abort();
                    TheReceiver.TryReceive(new byte[64], out _);
                }
            });
            isReserved = true;
            Begin(1);
            Begin(2);
            using ByteClaim first = sender.Claim(12);
            using ByteClaim second = sender.Claim(12);
            Message(1).CopyTo(first.Payload);
            Message(2).CopyTo(second.Payload);
            first.Commit();
            second.Commit();
            Done(1);
            Done(2);
        });
        Thread("other", process, () =>
        {
            Hook.Await(() => isReserved, Timeout.InfiniteTimeSpan, "reservation");
            Send(sender, 1);
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>The only slot is reserved for one thread when another one waits for it.</summary>
internal sealed class SharedSlotReserved : RingProgram
{
    protected override int Slots => 1;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        bool isReserved = false;
        Thread("owner", process, () =>
        {
            Run.Aside(() =>
            {
                for (int turn = 0; turn < 1_100; turn++)
                {
                    sender.TryClaim(12, out ByteClaim unused);
                    unused.Abort();
                    TheReceiver.TryReceive(new byte[64], out _);
                }
            });
            isReserved = true;
            Send(sender, 1);
        });
        Thread("other", process, () =>
        {
            Hook.Await(() => isReserved, Timeout.InfiniteTimeSpan, "reservation");
            Send(sender, 1);
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>Asynchronous sends of one thread that are not awaited one by one arrive in the order of the calls.</summary>
internal sealed class AsynchronousSendsInOrder : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Thread("one", process, () =>
        {
            List<ValueTask> sends = [];
            for (int number = 1; number <= 5; number++)
            {
                Begin(number);
                sends.Add(sender.SendAsync(Message(number)));
            }

            for (int number = 1; number <= 5; number++)
            {
                Await(sends[number - 1]);
                Done(number);
            }
        });
        Receive(5);
    }
}

/// <summary>A sender asks for priority and gives up: those who hold back for it are woken.</summary>
internal sealed class PriorityIsGivenUp : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        IpMpsc.Ring.PriorityRequest request = default;
        VirtualProcess large = Process("large");
        IpMpsc.Sending.ProducerPool pool = As(large, () => IpMpsc.Opening.ChannelAccess.OpenSender(
            Name, Options, IpMpsc.Segments.OpenMode.OpenExisting, IpMpsc.Opening.ExpectedSchema.Bytes));
        bool asked = false;
        VirtualThread small = null!;
        Thread("large", large, () =>
        {
            request = new IpMpsc.Ring.PriorityRequest(pool.Attachment, pool.Attachment.FirstSlot);
            request.AskAfterLap(0, 0);
            request.AskAfterLap(0, Capacity);
            asked = true;
            Hook.Await(() => small.Sleeping.Count > 0 || small.HasEnded, Timeout.InfiniteTimeSpan, "sleep");
            request.End();
        });
        VirtualProcess process = Process("small");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        small = Thread("small", process, () =>
        {
            Hook.Await(() => asked, Timeout.InfiniteTimeSpan, "request");
            Send(sender, 1);
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>A sender that wants more than what is free at once asks for it after a lap of the others, and gets it before they go on.</summary>
internal sealed class LargeIsServed : RingProgram
{
    private int _smallOnes;

    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        bool isServed = false;
        VirtualProcess small = Process("small");
        ByteSender sender = As(small, () => ByteSender.Open(Name, Options));
        Sender("large", other => { Send(other, 1, 44); isServed = true; });
        Thread("small", small, () =>
        {
            for (int number = 1; number <= 12 && !isServed; number++)
            {
                Send(sender, number);
                _smallOnes = number;
            }
        });
        Thread("receiver", ReceiverProcess, () =>
        {
            while (!isServed)
            {
                byte[] buffer = new byte[64];
                if (TheReceiver.TryReceive(buffer, out int length, TimeSpan.FromMilliseconds(5)))
                {
                    Got(buffer.AsSpan(0, length));
                }
            }
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>A word that is lowered and raised again while somebody is about to sleep on it is another word for that thread.</summary>
internal sealed class SignalIsRaisedAgain : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1); Send(sender, 2); Send(sender, 3); });
        Sender("b", sender => { Send(sender, 1); Send(sender, 2); });
        Sender("c", sender => Send(sender, 1));
        Receive(6);
    }
}

/// <summary>A message that does not fit into what is left of the lap, of a sender that has just looked at head.</summary>
internal sealed class EndOfTheLap : InMidLap
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        As(process, () =>
        {
            // So that the sender looks at head in the middle of a lap, and knows of a whole lap of room there.
            byte[] buffer = new byte[64];
            sender.Send(new byte[28]);
            sender.Send(new byte[28]);
            TheReceiver.TryReceive(buffer, out _);
            sender.Send(new byte[12]);
            sender.Send(new byte[12]);
            while (TheReceiver.TryReceive(buffer, out _))
            {
            }

            return 0;
        });
        Thread("a", process, () => { Send(sender, 1, 28); Send(sender, 2, 44); Send(sender, 3, 28); });
        Receive(3);
    }
}

/// <summary>A payload whose last byte would make the filler that it overwrites a message.</summary>
internal sealed class PayloadOverAFiller : InMidLap
{
    private const int Filler = 96;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Begin(28, process, sender);
        Begin(28, process, sender);
        ulong cookie = Header.Cookie & ~IpMpsc.Layout.Stamp.StateMask;
        byte[] payload = new byte[Filler - 16 + 1];
        payload[^1] = (byte)IpMpsc.Layout.Stamp.Of(Filler, cookie, IpMpsc.Layout.RecordState.Message);
        Thread("a", process, () => sender.Send(payload));
        Thread("receiver", ReceiverProcess, () =>
        {
            byte[] received = TheReceiver.Receive();
            Require(received.AsSpan().SequenceEqual(payload), $"A filler of which one byte was overwritten was received as a message of {received.Length} bytes.");
        });
    }
}

/// <summary>A message for an empty ring is not sent into one that has a message.</summary>
internal sealed class OnlyIntoAnEmptyRing : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender =>
        {
            Send(sender, 1);
            Require(!sender.TrySendWhenEmpty(Message(2), TimeSpan.Zero), "A message was sent although the ring was not empty.");
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>Nobody sends while another sender has priority.</summary>
internal sealed class HoldsBack : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess large = Process("large");
        IpMpsc.Sending.ProducerPool pool = As(large, () => IpMpsc.Opening.ChannelAccess.OpenSender(
            Name, Options, IpMpsc.Segments.OpenMode.OpenExisting, IpMpsc.Opening.ExpectedSchema.Bytes));
        bool asked = false;
        Thread("large", large, () =>
        {
            IpMpsc.Ring.PriorityRequest request = new(pool.Attachment, pool.Attachment.FirstSlot);
            request.AskAfterLap(0, 0);
            request.AskAfterLap(0, Capacity);
            IpMpsc.Interlocked.MemoryBarrier();
            asked = true;
        });
        VirtualProcess process = Process("small");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Thread("small", process, () =>
        {
            Hook.Await(() => asked, Timeout.InfiniteTimeSpan, "request");
            Require(!sender.TrySend(Message(1)), "A message was sent while another sender had priority.");
        });
    }
}

/// <summary>A sender opens a channel that is replaced meanwhile: it keeps the old one, which then cannot be replaced, or it joins the new one.</summary>
internal sealed class OpenedWhileReplaced : RingProgram
{
    private bool _isReplaced;

    protected override void SetUp()
    {
        Receiver();
        As(ReceiverProcess, () => { TheReceiver.Dispose(); return 0; });
        Thread("replacer", Process("replacer"), () =>
        {
            try
            {
                TheReceiver = ByteReceiver.Replace(Name, Options);
                _isReplaced = true;
            }
            catch (ChannelInUseException)
            {
            }
        });
        Thread("opener", Process("opener"), () =>
        {
            try
            {
                ByteSender sender = ByteSender.Open(Name);
                Send(sender, 1);
            }
            catch (ChannelInUseException)
            {
            }
        });
    }

    protected override void Check()
    {
        if (_isReplaced)
        {
            ReceiveRest();
            base.Check();
        }
    }
}

/// <summary>An asynchronous send that waits for room is cancelled, and nobody makes room.</summary>
internal sealed class CancelledWithoutRoom : RingProgram
{
    private readonly CancellationTokenSource _source = new();

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Thread("one", process, () =>
        {
            Send(sender, 1);
            Send(sender, 2);
            Begin(3);
            try
            {
                Await(sender.SendAsync(Message(3), _source.Token));
                Require(false, "Three messages were sent into a ring for two.");
            }
            catch (OperationCanceledException)
            {
            }
        });
        Thread("canceller", process, () =>
        {
            Hook.Await(() => Run.Threads.Any(static thread => thread.IsBackground && thread.Sleeping.Count > 0), Timeout.InfiniteTimeSpan, "sleep");
            Cancel(_source);
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>An asynchronous receive is cancelled, and nobody sends.</summary>
internal sealed class CancelledWithoutMessage : RingProgram
{
    private readonly CancellationTokenSource _source = new();

    protected override void SetUp()
    {
        Receiver();
        Thread("receiver", ReceiverProcess, () =>
        {
            try
            {
                Await(TheReceiver.ReceiveAsync(_source.Token));
                Require(false, "A message was received that nobody sent.");
            }
            catch (OperationCanceledException)
            {
            }
        });
        Thread("canceller", ReceiverProcess, () =>
        {
            Hook.Await(() => Run.Threads.Any(static thread => thread.IsBackground && thread.Sleeping.Count > 0), Timeout.InfiniteTimeSpan, "sleep");
            Cancel(_source);
        });
    }
}

/// <summary>A request for priority whose owner does nothing more ends by its age.</summary>
internal sealed class ForgottenPriority : RingProgram
{
    protected override void SetUp()
    {
        AllowOversleeping(); // A request that grows old wakes nobody.
        Receiver();
        VirtualProcess large = Process("large");
        IpMpsc.Sending.ProducerPool pool = As(large, () => IpMpsc.Opening.ChannelAccess.OpenSender(
            Name, Options, IpMpsc.Segments.OpenMode.OpenExisting, IpMpsc.Opening.ExpectedSchema.Bytes));
        bool asked = false;
        Thread("large", large, () =>
        {
            IpMpsc.Ring.PriorityRequest request = new(pool.Attachment, pool.Attachment.FirstSlot);
            request.AskAfterLap(0, 0);
            request.AskAfterLap(0, Capacity);
            IpMpsc.Interlocked.MemoryBarrier();
            asked = true;
        });
        VirtualProcess process = Process("small");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Thread("small", process, () =>
        {
            Hook.Await(() => asked, Timeout.InfiniteTimeSpan, "request");
            Send(sender, 1);
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>A sender that is refused, and refused again after the others have filled the ring once, has asked for priority.</summary>
internal sealed class AsksAfterALap : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess large = Process("large");
        IpMpsc.Sending.ProducerPool pool = As(large, () => IpMpsc.Opening.ChannelAccess.OpenSender(
            Name, Options, IpMpsc.Segments.OpenMode.OpenExisting, IpMpsc.Opening.ExpectedSchema.Bytes));
        VirtualProcess small = Process("small");
        ByteSender sender = As(small, () => ByteSender.Open(Name, Options));
        Thread("large", large, () =>
        {
            IpMpsc.Ring.RingProducer producer = pool.TryRent()!;
            Run.Aside(() =>
            {
                sender.Send(new byte[12]);
                sender.Send(new byte[12]);
            });
            Require(producer.TryClaim(64) == IpMpsc.Ring.ClaimOutcome.Full, "A whole ring was claimed in a ring with messages.");
            Run.Aside(() =>
            {
                for (int message = 0; message < 2; message++)
                {
                    TheReceiver.TryReceive(new byte[64], out _);
                    sender.Send(new byte[12]);
                }
            });
            Require(producer.TryClaim(64) == IpMpsc.Ring.ClaimOutcome.Full, "A whole ring was claimed in a ring with messages.");
            IpMpsc.Interlocked.MemoryBarrier();
            Require(HasPriority(pool.Attachment.FirstSlot), "A sender that was passed over for a lap has no priority.");
            producer.GiveUp();
            pool.Return(producer);
        });
    }

    protected override void Check()
    {
    }

    private static unsafe bool HasPriority(int slot) => IpMpsc.Layout.ChannelState.HasPriority(*Header.State, slot);
}

/// <summary>A receiver that has released the first of two held messages is killed: the second one comes again.</summary>
internal sealed class KilledWithOneHeld : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1); Send(sender, 2); Send(sender, 3); });
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

    protected override void Check()
    {
        ReceiveRest();
        CheckMessages(mayRepeat: 2);
    }
}
