using Exploring.Engine;
using IpMpsc;
using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Sending;

namespace Exploring.Programs;

/// <summary>A large message that small ones would starve: its sender asks for priority, and the others hold back.</summary>
internal sealed class Priority : RingProgram
{
    protected override long Capacity => 64;

    protected override void SetUp()
    {
        AllowOversleeping(); // A request that is too old ends after 50 ms, which wakes no process.
        Receiver();
        Sender("large", sender => Send(sender, 1, 44));
        Sender("small", sender => SendAll(sender, 4));
        Receive(5);
    }
}

/// <summary>The owner of a priority is killed.</summary>
internal sealed class PriorityOfTheDead : AfterDeath
{
    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        Kill(Sender("large", sender => Send(sender, 1, 44)));
        Sender("small", sender => SendAll(sender, 4));
        ReceiveUntil("small", 4);
    }
}

/// <summary>A sender that has asked for priority, and another one that sends afterwards.</summary>
internal abstract class AskedForPriority : RingProgram
{
    protected VirtualThread Small { get; private set; } = null!;

    protected bool HasAsked { get; set; }

    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess large, ProducerPool pool) = JoinByPool("large");
        Thread("large", large, () =>
        {
            PriorityRequest request = new(pool.Attachment, pool.Attachment.FirstSlot);
            request.AskAfterLap(0, 0);
            request.AskAfterLap(0, Capacity);
            GoOn(ref request);
        });
        (VirtualProcess process, ByteSender sender) = Join("small");
        Small = Thread("small", process, () =>
        {
            Await(() => HasAsked, "request");
            SendSmall(sender);
        });
    }

    /// <summary>What the sender of the large message does after asking: nothing more.</summary>
    protected virtual void GoOn(ref PriorityRequest request)
    {
        IpMpsc.Interlocked.MemoryBarrier();
        HasAsked = true;
    }

    protected virtual void SendSmall(ByteSender sender) => Send(sender, 1);

    protected override void Check() => CheckWithRest();
}

/// <summary>The sender gives up: senders that hold back for it are woken.</summary>
internal sealed class PriorityIsGivenUp : AskedForPriority
{
    protected override void GoOn(ref PriorityRequest request)
    {
        HasAsked = true;
        Await(() => Small.Sleeping.Count > 0 || Small.HasEnded, "sleep");
        request.End();
    }
}

/// <summary>A sender does not send while another one has priority.</summary>
internal sealed class HoldsBack : AskedForPriority
{
    protected override void SendSmall(ByteSender sender) =>
        Require(!sender.TrySend(Message(1)), "A message was sent while another sender had priority.");
}

/// <summary>A request for priority whose owner does nothing more expires.</summary>
internal sealed class ForgottenPriority : AskedForPriority
{
    protected override void SetUp()
    {
        AllowOversleeping(); // A request that expires wakes no process.
        base.SetUp();
    }
}

/// <summary>A sender that wants more room than is free at once asks for it after a lap of the others, and gets it.</summary>
internal sealed class LargeIsServed : RingProgram
{
    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        bool isServed = false;
        (VirtualProcess small, ByteSender sender) = Join("small");
        Sender("large", other => { Send(other, 1, 44); isServed = true; });
        Thread("small", small, () =>
        {
            for (int number = 1; number <= 12 && !isServed; number++)
            {
                Send(sender, number);
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

    protected override void Check() => CheckWithRest();
}

/// <summary>A sender that is refused, and refused again after the others have filled the ring once, has asked for priority.</summary>
internal sealed class AsksAfterALap : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess large, ProducerPool pool) = JoinByPool("large");
        (VirtualProcess small, ByteSender sender) = Join("small");
        Thread("large", large, () =>
        {
            RingProducer producer = pool.TryRent()!;
            VirtualThread.Aside(() =>
            {
                sender.Send(new byte[12]);
                sender.Send(new byte[12]);
            });
            Require(producer.TryClaim(64) == ClaimOutcome.Full, "A whole ring was claimed in a ring with messages.");
            VirtualThread.Aside(() =>
            {
                for (int message = 0; message < 2; message++)
                {
                    TheReceiver.TryReceive(new byte[64], out _);
                    sender.Send(new byte[12]);
                }
            });
            Require(producer.TryClaim(64) == ClaimOutcome.Full, "A whole ring was claimed in a ring with messages.");
            IpMpsc.Interlocked.MemoryBarrier();
            Require(HasPriority(pool.Attachment.FirstSlot), "A sender that was passed over for a lap has no priority.");
            producer.GiveUp();
            pool.Return(producer);
        });
    }

    protected override void Check()
    {
    }

    private static unsafe bool HasPriority(int slot) => ChannelState.HasPriority(*Header.State, slot);
}
