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
        Thread("receiver", ReceiverProcess, () => MayThrow<OperationCanceledException>(() =>
        {
            Got(TheReceiver.Receive(_source.Token));
            Got(TheReceiver.Receive(_source.Token));
        }));
        Thread("canceller", ReceiverProcess, () => Cancel(_source));
    }

    protected override void Check() => CheckWithRest();
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
            MayThrow<OperationCanceledException>(() =>
            {
                Begin(3);
                sender.Send(Message(3), _source.Token);
                Done(3);
            });
        });
        Thread("canceller", process, () => Cancel(_source));
    }

    protected override void Check() => CheckWithRest();
}

/// <summary>The receiver is disposed while it receives: the call ends, and nothing is used after it was unmapped.</summary>
internal sealed class DisposedReceiver : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Thread("receiver", ReceiverProcess, () => MayThrow<ObjectDisposedException>(() =>
        {
            Got(TheReceiver.Receive());
            Got(TheReceiver.Receive());
        }));
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
            MayThrow<ObjectDisposedException>(() =>
            {
                Send(sender, 1);
                Send(sender, 2);
                Send(sender, 3);
                Require(false, "Three messages were sent into a ring for two.");
            });
        });
        Thread("closer", process, () =>
        {
            Await(() => shared is not null, "sender");
            shared!.Dispose();
        });
    }

    protected override void Check() => CheckAfterDisposal();
}

/// <summary>An exclusive sender with a turn that costs no interlocked operation, which is disposed meanwhile.</summary>
internal sealed class DisposedExclusiveSender : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ExclusiveByteSender sender = As(process, () => ExclusiveByteSender.Open(Name, Options));
        Thread("a", process, () => MayThrow<ObjectDisposedException>(() =>
        {
            Begin(1);
            sender.Send(Message(1));
            Done(1);
            Begin(2);
            sender.Send(Message(2));
            Done(2);
        }));
        Thread("closer", process, sender.Dispose);
    }

    protected override void Check() => CheckAfterDisposal();
}

/// <summary>A signal is lowered and raised again while a thread is about to sleep on it: the thread must not sleep.</summary>
internal sealed class SignalIsRaisedAgain : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 3));
        Sender("b", sender => SendAll(sender, 2));
        Sender("c", sender => Send(sender, 1));
        Receive(6);
    }
}

/// <summary>One thread waits for two channels: many words behind one barrier.</summary>
internal class TwoChannels : RingProgram
{
    private const string Other = "/explored/other";

    protected override void SetUp()
    {
        Receiver();
        ByteReceiver other = As(ReceiverProcess, () => ByteReceiver.OpenOrCreate(Other, Options));
        ReceiverSet set = As(ReceiverProcess, () => new ReceiverSet(TheReceiver, other));
        Sender("a", sender => Send(sender, 1));
        VirtualProcess b = Process("b");
        ByteSender second = As(b, static () => ByteSender.Open(Other));
        Thread("b", b, () => Send(second, 1));
        Thread("receiver", ReceiverProcess, () =>
        {
            for (int message = 0; message < 2; message++)
            {
                ByteReceiver ready = (ByteReceiver)WaitAny(set);
                byte[] buffer = new byte[64];
                Require(ready.TryReceive(buffer, out int length), "A receiver that the set returned had no message.");
                Got(buffer.AsSpan(0, length));
            }
        });
    }

    protected virtual IReceiver WaitAny(ReceiverSet set) => set.WaitAny();
}

/// <summary>The same, asynchronously.</summary>
internal sealed class TwoChannelsAsynchronously : TwoChannels
{
    protected override IReceiver WaitAny(ReceiverSet set) => Await(set.WaitAnyAsync());
}

/// <summary>Two threads use one receiver by mistake: one gets an exception, and the channel is not harmed.</summary>
internal sealed class TwoThreadsOfOneReceiver : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => SendAll(sender, 2));
        Thread("one", ReceiverProcess, TryReceive);
        Thread("two", ReceiverProcess, TryReceive);
    }

    protected override void Check() => CheckWithRest(mayReorder: true); // Two threads have no order among themselves.

    private void TryReceive() => MayThrow<InvalidOperationException>(ReceiveRest);
}
