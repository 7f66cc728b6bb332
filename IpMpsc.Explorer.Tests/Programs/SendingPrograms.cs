using Exploring.Engine;
using IpMpsc;
using IpMpsc.Layout;

namespace Exploring.Programs;

/// <summary>Two senders with a message each, and a receiver that waits for both.</summary>
internal sealed class TwoSenders : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Sender("b", sender => Send(sender, 1));
        Receive(2);
    }
}

/// <summary>The same where publishers fence instead of sleepers: Windows, macOS, and Linux without membarrier.</summary>
internal sealed class TwoSendersThatFence : RingProgram
{
    public override bool Fences => true;

    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Sender("b", sender => Send(sender, 1));
        Receive(2);
    }
}

/// <summary>More messages than the ring has room for: both sides sleep.</summary>
internal sealed class FullRing : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender =>
        {
            for (int number = 1; number <= 4; number++)
            {
                Send(sender, number);
            }
        });
        Receive(4);
    }
}

/// <summary>Two senders that wait for room; the receiver wakes both.</summary>
internal sealed class TwoWaitForRoom : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1); Send(sender, 2); });
        Sender("b", sender => { Send(sender, 1); Send(sender, 2); });
        Receive(4);
    }
}

/// <summary>As <see cref="FullRing"/> with fences of the publishers.</summary>
internal sealed class FullRingThatFences : RingProgram
{
    public override bool Fences => true;

    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1); Send(sender, 2); Send(sender, 3); });
        Receive(3);
    }
}

/// <summary>A claim that is aborted, beside a message.</summary>
internal sealed class AbortedClaim : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", static sender => sender.Claim(12).Abort());
        Sender("b", sender => Send(sender, 1));
        Receive(1);
    }
}

/// <summary>A message that is shorter than its claim: its rest is a record of its own.</summary>
internal sealed class ShortenedClaim : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender =>
        {
            Begin(1);
            using ByteClaim claim = sender.Claim(40);
            Message(1).CopyTo(claim.Payload);
            claim.Commit(12);
            Done(1);
        });
        Sender("b", sender => Send(sender, 1));
        Receive(2);
    }
}

/// <summary>Two messages with one claim.</summary>
internal sealed class Batch : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender =>
        {
            Begin(1);
            Begin(2);
            sender.SendBatch([Message(1), Message(2)]);
            Done(1);
            Done(2);
        });
        Sender("b", sender => Send(sender, 1));
        Receive(3);
    }
}

/// <summary>A batch of which one message is stamped and the rest aborted, as when a message cannot be written.</summary>
internal sealed class BatchOfWhichARestIsAborted : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        IpMpsc.Sending.ProducerPool pool = As(process, () => IpMpsc.Opening.ChannelAccess.OpenSender(
            Name, Options, IpMpsc.Segments.OpenMode.OpenExisting, IpMpsc.Opening.ExpectedSchema.Bytes));
        Thread("a", process, () =>
        {
            Begin(1);
            IpMpsc.Ring.RingProducer producer = pool.TryRent()!;
            producer.TryClaim(64);
            long position = producer.ClaimPosition;
            Message(1).CopyTo(producer.Payload(position, 12));
            position = producer.StampMessage(position, RecordDescriptor.Describe(12, 0, 0));
            Done(1);
            producer.EndBatch(position);
            pool.Return(producer);
        });
        Sender("b", sender => Send(sender, 1));
        Receive(2);
    }
}

/// <summary>Messages that do not divide the ring: each lap ends with a filler, which may be overwritten before it is skipped.</summary>
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

/// <summary>A message of more than half the ring, for which the room of a filler is needed.</summary>
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

/// <summary>A message that is sent only into an empty ring, beside one that is not.</summary>
internal sealed class SendWhenEmpty : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender =>
        {
            Begin(1);
            sender.SendWhenEmpty(Message(1));
            Done(1);
        });
        Sender("b", sender => Send(sender, 1));
        Receive(2);
    }
}

/// <summary>Attempts that do not wait.</summary>
internal sealed class Attempts : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Try(sender, 1); Try(sender, 2); });
        Sender("b", sender => { Try(sender, 1); Try(sender, 2); });
        Thread("receiver", ReceiverProcess, () => { ReceiveRest(); ReceiveRest(); });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }

    private void Try(ByteSender sender, int number)
    {
        Begin(number);
        if (sender.TrySend(Message(number)))
        {
            Done(number);
        }
    }
}

/// <summary>A large message that small ones would keep out: the sender asks for priority, and the others hold back.</summary>
internal sealed class Priority : RingProgram
{
    protected override long Capacity => 64;

    protected override void SetUp()
    {
        AllowOversleeping(); // A request that is too old ends after 50 ms, of which nobody is told.
        Receiver();
        Sender("large", sender => Send(sender, 1, 44));
        Sender("small", sender =>
        {
            for (int number = 1; number <= 4; number++)
            {
                Send(sender, number);
            }
        });
        Receive(5);
    }
}

/// <summary>The owner of a priority is killed.</summary>
internal sealed class PriorityOfTheDead : RingProgram
{
    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        Kill(Sender("large", sender => Send(sender, 1, 44)));
        Sender("small", sender =>
        {
            for (int number = 1; number <= 4; number++)
            {
                Send(sender, number);
            }
        });
        ReceiveUntil("small", 4);
    }

    protected override void Check() => CheckAfterDeath();
}
