using Exploring.Engine;
using IpMpsc;

namespace Exploring.Programs;

/// <summary>Two channels that the system watches: their words are handed over once, and watched between the waits too.</summary>
internal class TwoWatchedChannels : RingProgram
{
    private const string OtherName = "/explored/other";
    private int _left;

    protected ByteReceiver Other { get; private set; } = null!;

    /// <summary>How many messages the other channel gets. The first one gets two.</summary>
    protected virtual int CountOfOther => 1;

    protected override void SetUp()
    {
        _left = 2 + CountOfOther;
        Receiver();
        Other = As(ReceiverProcess, () => ByteReceiver.OpenOrCreate(OtherName, Options));
        ReceiverSet set = As(ReceiverProcess, () => new ReceiverSet(TheReceiver, Other) { WatchedFrom = 1 });
        Sender("a", SendToFirst);
        VirtualProcess b = Process("b");
        ByteSender second = As(b, static () => ByteSender.Open(OtherName));
        Thread("b", b, () => SendAll(second, CountOfOther));
        Thread("receiver", ReceiverProcess, () => ReceiveFrom(set));
        Disturb(set);
    }

    /// <summary>Starts the thread that disturbs the wait, if there is one.</summary>
    protected virtual void Disturb(ReceiverSet set)
    {
    }

    protected virtual void SendToFirst(ByteSender sender) => SendAll(sender, 2);

    protected virtual void ReceiveFrom(ReceiverSet set)
    {
        while (_left > 0)
        {
            ReceiveOne(set);
        }
    }

    protected void ReceiveOne(ReceiverSet set, CancellationToken cancellation = default)
    {
        ByteReceiver ready = (ByteReceiver)set.WaitAny(cancellation);
        byte[] buffer = new byte[64];
        if (ready.TryReceive(buffer, out int length))
        {
            GotOne(buffer.AsSpan(0, length));
        }
        else
        {
            Require(false, "A receiver that the set returned had no message.");
        }
    }

    protected void GotOne(ReadOnlySpan<byte> message)
    {
        Got(message);
        _left--;
    }

    /// <summary>Receives the rest of the other channel, even if its receiver was disposed, and checks.</summary>
    protected void CheckWithRestOfOther(bool isDisposed)
    {
        ByteReceiver rest = isDisposed ? ByteReceiver.OpenOrCreate(OtherName, Options) : Other;
        byte[] buffer = new byte[64];
        while (rest.TryReceive(buffer, out int length, TimeSpan.Zero))
        {
            Got(buffer.AsSpan(0, length));
        }

        CheckWithRest();
    }
}

/// <summary>A member that is watched is waited for by itself as well, and that wait is cancelled: the set misses no message after it.</summary>
internal sealed class WatchedChannelWithOwnWait : TwoWatchedChannels
{
    private readonly CancellationTokenSource _source = new();

    protected override void Disturb(ReceiverSet set) => Thread("canceller", ReceiverProcess, () => Cancel(_source));

    protected override void ReceiveFrom(ReceiverSet set)
    {
        ReceiveOne(set);
        MayThrow<OperationCanceledException>(() => GotOne(TheReceiver.Receive(_source.Token)));
        base.ReceiveFrom(set);
    }
}

/// <summary>A wait for members that are watched is cancelled at any step, at the latest when everything was received: it ends.</summary>
internal sealed class WatchedWaitIsCancelled : TwoWatchedChannels
{
    private readonly CancellationTokenSource _source = new();

    protected override void Disturb(ReceiverSet set) => Thread("canceller", ReceiverProcess, () => Cancel(_source));

    protected override void ReceiveFrom(ReceiverSet set)
    {
        MayThrow<OperationCanceledException>(() =>
        {
            while (true)
            {
                ReceiveOne(set, _source.Token);
            }
        });
        base.ReceiveFrom(set);
    }
}

/// <summary>A member that is watched leaves the set at any step of a wait, and then the set is disposed.</summary>
internal sealed class WatchedChannelLeaves : TwoWatchedChannels
{
    protected override void Disturb(ReceiverSet set) => Thread("remover", ReceiverProcess, () =>
    {
        set.Remove(Other);
        set.Dispose();
    });

    protected override void ReceiveFrom(ReceiverSet set) => MayThrow<ObjectDisposedException>(() => base.ReceiveFrom(set));

    protected override void Check() => CheckWithRestOfOther(isDisposed: false);
}

/// <summary>A member that is watched is disposed at any step of a wait: the set forgets it and serves the other one.</summary>
internal sealed class WatchedChannelIsDisposed : TwoWatchedChannels
{
    private ReceiverSet _set = null!;

    protected override void Disturb(ReceiverSet set)
    {
        _set = set;
        Thread("closer", ReceiverProcess, Other.Dispose);
    }

    /// <summary>Both messages of the first channel; that of the other one if it came before the disposal.</summary>
    protected override void ReceiveFrom(ReceiverSet set)
    {
        int ofFirst = 0;
        while (ofFirst < 2)
        {
            ByteReceiver ready = (ByteReceiver)set.WaitAny();
            ofFirst += ready == TheReceiver ? 1 : 0;
            MayThrow<ObjectDisposedException>(() => GotOne(ready.Receive()));
        }
    }

    protected override void Check()
    {
        Require(_set.Count == 1, "A disposed receiver is still in the set.");
        CheckWithRestOfOther(isDisposed: true);
    }
}

/// <summary>A thread uses a member by mistake at any step of a wait. One of the two gets an exception, and after that the set serves both members.</summary>
internal sealed class WatchedChannelInUse : TwoWatchedChannels
{
    private bool _isOver;

    protected override int CountOfOther => 2;

    protected override void Disturb(ReceiverSet set) => Thread("user", ReceiverProcess, () =>
    {
        byte[] buffer = new byte[64];
        MayThrow<InvalidOperationException>(() =>
        {
            if (Other.TryReceive(buffer, out int length))
            {
                GotOne(buffer.AsSpan(0, length));
            }
        });
        IpMpsc.Interlocked.MemoryBarrier(); // The end of its use is visible before the mark, which the explorer does not delay.
        _isOver = true;
    });

    /// <summary>The second one comes after the mistake, so there is something left for the set.</summary>
    protected override void SendToFirst(ByteSender sender)
    {
        Send(sender, 1);
        Await(() => _isOver, "user");
        Send(sender, 2);
    }

    protected override void ReceiveFrom(ReceiverSet set)
    {
        byte[] buffer = new byte[64];
        while (!_isOver)
        {
            LetOthersStep(); // The other thread may be within its use.
            MayThrow<InvalidOperationException>(() =>
            {
                if (((ByteReceiver)set.WaitAny()).TryReceive(buffer, out int length)) // Unless the other thread was faster.
                {
                    GotOne(buffer.AsSpan(0, length));
                }
            });
        }

        base.ReceiveFrom(set);
    }

    protected override void Check() => CheckWithRest(mayReorder: true);
}

/// <summary>A member leaves the set between two waits, after it was watched, and is used without the set: the set returns it no more.</summary>
internal sealed class WatchedChannelHasLeft : TwoWatchedChannels
{
    protected override int CountOfOther => 2;

    protected override void ReceiveFrom(ReceiverSet set)
    {
        ReceiveOne(set);
        set.Remove(Other);
        bool isLast = false;
        while (!isLast)
        {
            Require(set.WaitAny() == TheReceiver, "The set returned a receiver that has left it.");
            byte[] message = TheReceiver.Receive();
            Got(message);
            isLast = message[4] == 2;
        }
    }

    protected override void SendToFirst(ByteSender sender)
    {
        Send(sender, 1);
        Send(sender, 2);
    }

    protected override void Check() => CheckWithRestOfOther(isDisposed: false);
}

/// <summary>The set is disposed at any step of a wait for which nothing comes: it ends.</summary>
internal sealed class WatchedSetIsDisposed : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        ReceiverSet set = As(ReceiverProcess, () => new ReceiverSet(TheReceiver) { WatchedFrom = 1 });
        Thread("receiver", ReceiverProcess, () => MayThrow<ObjectDisposedException>(() =>
        {
            set.WaitAny();
            Require(false, "The set returned a receiver without a message.");
        }));
        Thread("closer", ReceiverProcess, set.Dispose);
    }
}

/// <summary>
/// A sender of a watched member is killed at any step, also between its commit and its wake-up, so nothing fires. The set finds its message, and the end of the
/// channel, which nobody announces.
/// </summary>
internal sealed class WatchedSenderIsKilled : RingProgram
{
    protected override IpcChannelOptions Options => base.Options with { EndWithSenders = true };

    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        ByteReceiver idle = As(ReceiverProcess, () => ByteReceiver.OpenOrCreate("/explored/other", Options));
        ReceiverSet set = As(ReceiverProcess, () => new ReceiverSet(TheReceiver, idle) { WatchedFrom = 1 });
        Kill(Sender("victim", sender =>
        {
            Send(sender, 1);
            sender.Dispose();
        }));
        Thread("receiver", ReceiverProcess, () => MayThrow<ChannelCompletedException>(() =>
        {
            while (true)
            {
                Require(set.WaitAny() == TheReceiver, "A receiver was returned whose channel has neither messages nor an end.");
                Got(TheReceiver.Receive());
            }
        }));
    }
}

/// <summary>The time of a wait passes, for which nothing comes. The time is virtual, so the wait ends when it is over and not a slice later.</summary>
internal sealed class WatchedWaitPasses : RingProgram
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(20);

    protected override void SetUp()
    {
        AllowOversleeping();
        Receiver();
        ReceiverSet set = As(ReceiverProcess, () => new ReceiverSet(TheReceiver) { WatchedFrom = 1 });
        Thread("receiver", ReceiverProcess, () =>
        {
            long start = IpMpsc.Stopwatch.GetTimestamp();
            Require(set.WaitAny(s_limit) is null, "The set returned a receiver without a message.");
            TimeSpan passed = IpMpsc.Stopwatch.GetElapsedTime(start);
            Require(passed >= s_limit && passed < 2 * s_limit, $"A wait of {s_limit.TotalMilliseconds} ms took {passed.TotalMilliseconds} ms.");
        });
    }
}
