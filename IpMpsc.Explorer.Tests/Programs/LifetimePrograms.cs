using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>The channel is deleted under a sender and a receiver: the receiver gets what was sent, then both are told.</summary>
internal sealed class DeletedChannel : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => MayThrow<ChannelRetiredException>(() => SendAll(sender, 3)));
        Thread("receiver", ReceiverProcess, () => MayThrow<ChannelRetiredException>(ReceiveForEver));
        Thread("deleter", Process("deleter"), static () => IpcChannel.Delete(Name, evenIfInUse: true));
    }
}

/// <summary>A sender that waits for room is told that the channel was deleted. The receiver does not receive.</summary>
internal sealed class DeletedUnderWaitingSender : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => MayThrow<ChannelRetiredException>(() =>
        {
            SendAll(sender, 3);
            Require(false, "Three messages were sent into a ring for two.");
        }));
        Thread("deleter", Process("deleter"), static () => IpcChannel.Delete(Name, evenIfInUse: true));
    }

    protected override void Check()
    {
    }
}

/// <summary>A channel without participants.</summary>
internal abstract class UnusedChannel : RingProgram
{
    /// <summary>The receivers that have replaced it.</summary>
    protected List<ByteReceiver> Replaced { get; } = [];

    protected override void SetUp()
    {
        Receiver();
        As(ReceiverProcess, TheReceiver.Dispose);
    }

    protected void Replace() => MayThrow<ChannelInUseException>(() => Replaced.Add(ByteReceiver.Replace(Name, Options)));
}

/// <summary>
/// A process opens a channel that is deleted meanwhile: processes that lock after the mark was set do not join the
/// channel.
/// </summary>
internal sealed class OpenedWhileDeleted : UnusedChannel
{
    protected override void SetUp()
    {
        base.SetUp();
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

/// <summary>The receiver of a channel that is deleted with it leaves, and another one creates the channel anew.</summary>
internal sealed class ReplacedChannel : RingProgram
{
    protected override IpcChannelOptions Options => new() { Capacity = Capacity, MaxSenders = Slots, DeleteOnDispose = true };

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess next = Process("next");
        Thread("receiver", ReceiverProcess, TheReceiver.Dispose);
        Thread("next", next, () => TheReceiver = OpenWhenFree(() => ByteReceiver.OpenOrCreate(Name, Options)));
        Thread("a", Process("a"), () =>
        {
            bool sent = false;
            while (!sent)
            {
                try
                {
                    using ByteSender sender = ByteSender.Open(Name);
                    Begin(1);
                    sender.Send(Message(1));
                    sent = true;
                }
                catch (ChannelException)
                {
                    LetOthersStep();
                }
            }
        });
    }

    protected override void Check()
    {
        Require(Host.VirtualStore.IsNamed(Run, Name), "The new receiver's channel has lost its name.");
        ReceiveRest(); // Receives nothing if the message went into the deleted channel.
    }
}

/// <summary>One process replaces the channel, while another opens it and a third deletes it.</summary>
internal sealed class ReplacedAndOpened : UnusedChannel
{
    protected override void SetUp()
    {
        base.SetUp();
        Thread("replacer", Process("replacer"), Replace);
        Thread("opener", Process("opener"), () => MayThrow<ChannelInUseException>(() =>
        {
            using ByteReceiver receiver = ByteReceiver.OpenOrCreate(Name, Options);
            Require(Replaced.Count == 0 || Host.VirtualStore.IsNamed(Run, Name), "A channel was opened that has no name.");
        }));
        Thread("deleter", Process("deleter"), static () => MayThrow<ChannelException>(static () => IpcChannel.Delete(Name)));
    }

    protected override void Check()
    {
    }
}

/// <summary>Two processes replace the channel at once.</summary>
internal sealed class TwoReplace : UnusedChannel
{
    protected override void SetUp()
    {
        base.SetUp();
        Thread("one", Process("one"), Replace);
        Thread("two", Process("two"), Replace);
    }

    protected override void Check()
    {
        Require(Replaced.Count == 1, $"{Replaced.Count} receivers have replaced one channel.");
        TheReceiver = Replaced[0];
        using ByteSender sender = ByteSender.Open(Name);
        Require(sender.IsReceiverAttached, "The channel of that name has no receiver.");
    }
}

/// <summary>A sender opens the channel while it is replaced: it keeps the old one, which then cannot be replaced, or it joins the new one.</summary>
internal sealed class OpenedWhileReplaced : UnusedChannel
{
    protected override void SetUp()
    {
        base.SetUp();
        Thread("replacer", Process("replacer"), Replace);
        Thread("opener", Process("opener"), () => MayThrow<ChannelInUseException>(() => Send(ByteSender.Open(Name), 1)));
    }

    protected override void Check()
    {
        if (Replaced is [ByteReceiver receiver])
        {
            TheReceiver = receiver;
            CheckWithRest();
        }
    }
}
