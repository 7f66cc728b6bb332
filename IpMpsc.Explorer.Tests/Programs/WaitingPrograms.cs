using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>A receive is cancelled at any step: it ends, with the message or without.</summary>
internal sealed class CancelledReceive : RingProgram
{
    private readonly CancellationTokenSource _source = new();

    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Thread("receiver", ReceiverProcess, () =>
        {
            try
            {
                Got(TheReceiver.Receive(_source.Token));
                Got(TheReceiver.Receive(_source.Token));
            }
            catch (OperationCanceledException)
            {
            }
        });
        Thread("canceller", ReceiverProcess, () => Cancel(_source));
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>A send that waits for room is cancelled at any step.</summary>
internal sealed class CancelledSend : RingProgram
{
    private readonly CancellationTokenSource _source = new();

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Sender("a", sender =>
        {
            Send(sender, 1);
            Send(sender, 2);
            try
            {
                Begin(3);
                sender.Send(Message(3), _source.Token);
                Done(3);
            }
            catch (OperationCanceledException)
            {
            }
        });
        Thread("canceller", process, () => Cancel(_source));
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
    }
}

/// <summary>The receiver is disposed while it receives: the call ends, and nothing is used after it was unmapped.</summary>
internal sealed class DisposedReceiver : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Thread("receiver", ReceiverProcess, () =>
        {
            try
            {
                Got(TheReceiver.Receive());
                Got(TheReceiver.Receive());
            }
            catch (ObjectDisposedException)
            {
            }
        });
        Thread("closer", ReceiverProcess, TheReceiver.Dispose);
    }

    protected override void Check() => CheckWithNewReceiver();
}

/// <summary>A sender is disposed while it waits for room.</summary>
internal sealed class DisposedSender : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        ByteSender? shared = null;
        VirtualProcess process = Sender("a", sender =>
        {
            shared = sender;
            try
            {
                Send(sender, 1);
                Send(sender, 2);
                Send(sender, 3);
                Require(false, "Three messages were sent into a ring for two.");
            }
            catch (ObjectDisposedException)
            {
            }
        });
        Thread("closer", process, () =>
        {
            Hook.Await(() => shared is not null, Timeout.InfiniteTimeSpan, "sender");
            shared!.Dispose();
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
        Require(Host.VirtualStore.OpenMappings(Run) == 1, "A disposed sender has not given back its mapping.");
    }
}

/// <summary>An exclusive sender with a turn that costs no interlocked operation, which is disposed meanwhile.</summary>
internal sealed class DisposedExclusiveSender : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ExclusiveByteSender sender = As(process, () => ExclusiveByteSender.Open(Name, Options));
        Thread("a", process, () =>
        {
            try
            {
                Begin(1);
                sender.Send(Message(1));
                Done(1);
                Begin(2);
                sender.Send(Message(2));
                Done(2);
            }
            catch (ObjectDisposedException)
            {
            }
        });
        Thread("closer", process, sender.Dispose);
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
        Require(Host.VirtualStore.OpenMappings(Run) == 1, "A disposed sender has not given back its mapping.");
    }
}

/// <summary>The channel is deleted under a sender and a receiver: the receiver gets what was sent, then both are told.</summary>
internal sealed class DeletedChannel : RingProgram
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
            }
            catch (ChannelRetiredException)
            {
            }
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
            catch (ChannelRetiredException)
            {
            }
        });
        Thread("deleter", Process("deleter"), static () => IpcChannel.Delete(Name, evenIfInUse: true));
    }
}

/// <summary>The receiver of a channel that ends with it leaves, and another one makes it anew.</summary>
internal sealed class ReplacedChannel : RingProgram
{
    protected override IpcChannelOptions Options => new() { Capacity = Capacity, MaxSenders = Slots, DeleteOnDispose = true };

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess next = Process("next");
        Thread("receiver", ReceiverProcess, TheReceiver.Dispose);
        Thread("next", next, () =>
        {
            ByteReceiver? receiver = null;
            while (receiver is null)
            {
                try
                {
                    receiver = ByteReceiver.OpenOrCreate(Name, Options);
                }
                catch (ChannelInUseException)
                {
                    IpMpsc.Thread.Sleep(1);
                }
            }

            TheReceiver = receiver;
        });
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
                    IpMpsc.Thread.Sleep(1);
                }
            }
        });
    }

    protected override void Check()
    {
        Require(Host.VirtualStore.IsNamed(Run, Name), "The new receiver's channel has lost its name.");
        ReceiveRest(); // Nothing, if the message went into the channel that ended.
    }
}

/// <summary>One process replaces a channel that nobody uses, while another opens or deletes it.</summary>
internal sealed class ReplacedAndOpened : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        As(ReceiverProcess, () => { TheReceiver.Dispose(); return 0; });
        Thread("replacer", Process("replacer"), () =>
        {
            try
            {
                TheReceiver = ByteReceiver.Replace(Name, Options);
                _replaced = true;
            }
            catch (ChannelInUseException)
            {
            }
        });
        Thread("opener", Process("opener"), () =>
        {
            try
            {
                using ByteReceiver receiver = ByteReceiver.OpenOrCreate(Name, Options);
                Require(!_replaced || Host.VirtualStore.IsNamed(Run, Name), "A channel was opened that has no name.");
            }
            catch (ChannelInUseException)
            {
            }
        });
        Thread("deleter", Process("deleter"), static () =>
        {
            try
            {
                IpcChannel.Delete(Name);
            }
            catch (ChannelException)
            {
            }
        });
    }

    private bool _replaced;

    protected override void Check()
    {
    }
}

/// <summary>A receiver that ends with its senders receives all that they sent.</summary>
internal sealed class EndsWithSenders : RingProgram
{
    protected override IpcChannelOptions Options => new() { Capacity = Capacity, MaxSenders = Slots, EndWithSenders = true };

    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        Sender("a", sender => { Send(sender, 1); sender.Dispose(); });
        Sender("b", sender => { Send(sender, 1); sender.Dispose(); });
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

/// <summary>Messages that are held and released in another order, while the sender waits for their room.</summary>
internal sealed class HeldMessages : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1); Send(sender, 2); Send(sender, 3); });
        Thread("receiver", ReceiverProcess, () =>
        {
            HeldBytes first = TheReceiver.Hold();
            HeldBytes second = TheReceiver.Hold();
            Got(first.Payload);
            Got(second.Payload);
            second.Dispose();
            first.Dispose();
            Got(TheReceiver.Receive());
        });
    }
}

/// <summary>Held messages that other threads release, at the same time, while the receiver goes on.</summary>
internal sealed class ReleasedByOthers : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1); Send(sender, 2); Send(sender, 3); });
        HeldBytes first = default;
        HeldBytes second = default;
        int held = 0;
        Thread("receiver", ReceiverProcess, () =>
        {
            first = TheReceiver.Hold();
            Got(first.Payload);
            held = 1;
            second = TheReceiver.Hold();
            Got(second.Payload);
            held = 2;
            Got(TheReceiver.Receive());
        });
        Thread("one", ReceiverProcess, () =>
        {
            Hook.Await(() => held >= 1, Timeout.InfiniteTimeSpan, "message");
            first.Dispose();
        });
        Thread("two", ReceiverProcess, () =>
        {
            Hook.Await(() => held >= 2, Timeout.InfiniteTimeSpan, "message");
            second.Dispose();
        });
    }
}

/// <summary>A receiver that looks again at what it holds.</summary>
internal sealed class Rewound : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1); Send(sender, 2); });
        Thread("receiver", ReceiverProcess, () =>
        {
            TheReceiver.Hold();
            TheReceiver.Rewind();
            Got(TheReceiver.Receive());
            Got(TheReceiver.Receive());
        });
    }
}

/// <summary>A receiver skips a record that another program has destroyed, while a sender moves the tail.</summary>
internal sealed class Repair : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        As(process, () => { sender.Send(new byte[12]); return 0; });
        Destroy();
        Thread("a", process, () => { Send(sender, 1); Send(sender, 2); });
        AllowOversleeping();
        Thread("receiver", ReceiverProcess, () =>
        {
            for (int received = 0; received < 2;)
            {
                try
                {
                    Got(TheReceiver.Receive());
                    received++;
                }
                catch (ChannelCorruptException)
                {
                    TheReceiver.SkipCorrupt();
                }
            }
        });
    }

    private static unsafe void Destroy() => *(uint*)(Data + IpMpsc.Layout.RecordDescriptor.LengthOffset) = 1_000_000;
}
