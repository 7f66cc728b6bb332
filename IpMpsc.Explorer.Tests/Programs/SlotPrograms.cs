using Exploring.Engine;
using IpMpsc;
using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Sending;

namespace Exploring.Programs;

/// <summary>A newcomer takes over the slot of a killed sender when no recovery can need it any more.</summary>
internal sealed class SlotOfTheDead : AfterDeath
{
    protected override int Slots => 1;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess victim = Sender("victim", sender => Send(sender, 1));
        Kill(victim);
        VirtualProcess process = Process("newcomer");
        Thread("newcomer", process, () =>
        {
            Await(() => victim.IsDead, "death");
            using ByteSender sender = OpenWhenFree(() => ByteSender.Open(Name, Options)); // When the receiver has skipped the claim.
            Send(sender, 1);
        });
        ReceiveUntil("newcomer", 1);
    }
}

/// <summary>A sender leaves and another takes its slot, while a third is killed.</summary>
internal sealed class SlotChangesHands : AfterDeath
{
    protected override int Slots => 2;

    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("victim", sender => Send(sender, 1)));
        Sender("b", sender =>
        {
            Send(sender, 1);
            sender.Dispose();
            using ByteSender again = ByteSender.Open(Name, Options);
            Send(again, 2);
        });
        ReceiveUntil("b", 2);
    }
}

/// <summary>A newcomer takes the slot of a dead sender that had lost the race for a claim, and does nothing: the winner's gap is still skipped.</summary>
internal sealed class SlotOfTheLoser : AfterDeath
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
            Await(() => loser.IsDead, "death");
            MayThrow<ChannelInUseException>(() => ByteSender.Open(Name, Options));
        });
    }
}

/// <summary>A newcomer checks a slot whose owner claims and dies meanwhile.</summary>
internal sealed class SlotRace : AfterDeath
{
    protected override int Slots => 2;

    protected override void SetUp()
    {
        Receiver();
        Kill(Sender("victim", sender => Send(sender, 1)));
        (VirtualProcess process, ProducerPool pool) = JoinByPool("newcomer");
        Thread("newcomer", process, () => SenderSlots.TryTake(pool.Attachment, 0));
    }
}

/// <summary>A newcomer checks whether the claim of a dead sender's batch is stamped, while head passes its first record and a sender writes over it.</summary>
internal sealed class SlotOfTheDeadBatch : InMidLap
{
    protected override int Slots => 3;

    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess victim, ProducerPool dead) = JoinByPool("victim");
        (VirtualProcess b, ByteSender other) = Join("b");
        Begin(0, victim, other);
        (VirtualProcess process, ProducerPool pool) = JoinByPool("newcomer");
        Thread("newcomer", process, () => SenderSlots.TryTake(pool.Attachment, 0));
        bool isStamped = false;
        Thread("victim", victim, () =>
        {
            RingProducer producer = dead.TryRent()!;
            producer.TryClaim(64);
            new byte[] { 1, 2, 3 }.CopyTo(producer.Payload(16, 12));
            producer.StampNext(16, RecordDescriptor.Describe(12, 0, 0));
            isStamped = true;
        });
        Thread("death", ReceiverProcess, () =>
        {
            Await(() => isStamped, "stamp");
            KillNow(victim);
        });
        VirtualThread receiver = Thread("receiver", ReceiverProcess, () => TheReceiver.Receive());
        Thread("b", b, () =>
        {
            Await(() => receiver.HasEnded && victim.IsDead, "message");
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
}
