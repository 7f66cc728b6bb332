using Exploring.Engine;
using IpMpsc;
using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Sending;

namespace Exploring.Programs;

/// <summary>Two senders with a message each, and a receiver that waits for both.</summary>
internal class TwoSenders : RingProgram
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
internal sealed class TwoSendersThatFence : TwoSenders
{
    public override bool Fences => true;
}

/// <summary>More messages than the ring has room for: both sides sleep.</summary>
internal sealed class FullRing : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 4));
        Receive(4);
    }
}

/// <summary>Two senders that wait for room; the receiver wakes both.</summary>
internal sealed class TwoWaitForRoom : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 2));
        Sender("b", sender => SendAll(sender, 2));
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
        Sender("a", sender => SendAll(sender, 3));
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

/// <summary>A message that is shorter than its claim, whose rest becomes a record of its own.</summary>
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

/// <summary>A batch with one stamped message whose rest is aborted, as when a message cannot be written.</summary>
internal sealed class BatchOfWhichARestIsAborted : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ProducerPool pool) = JoinByPool("a");
        Thread("a", process, () =>
        {
            Begin(1);
            RingProducer producer = pool.TryRent()!;
            producer.TryClaim(64);
            long position = producer.ClaimPosition;
            Message(1).CopyTo(producer.Payload(position, 12));
            position = producer.StampNext(position, RecordDescriptor.Describe(12, 0, 0));
            Done(1);
            producer.EndBatch(position);
            pool.Return(producer);
        });
        Sender("b", sender => Send(sender, 1));
        Receive(2);
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

    protected override void Check() => CheckWithRest();
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

    protected override void Check() => CheckWithRest();

    private void Try(ByteSender sender, int number)
    {
        Begin(number);
        if (sender.TrySend(Message(number)))
        {
            Done(number);
        }
    }
}
