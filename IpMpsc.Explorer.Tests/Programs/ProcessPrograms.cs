using Exploring.Engine;
using IpMpsc;
using IpMpsc.Ring;

namespace Exploring.Programs;

/// <summary>A shared sender: three threads, of which one has the turns reserved, on a channel with slots enough.</summary>
internal sealed class SharedSender : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Thread("one", process, () => Send(sender, 1));
        Thread("two", process, () => Send(sender, 1));
        Thread("three", process, () => Send(sender, 1));
        Receive(3);
    }
}

/// <summary>Three threads share the only slot: they wait for each other's turns.</summary>
internal sealed class SharedSlot : RingProgram
{
    protected override int Slots => 1;

    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Thread("one", process, () => Send(sender, 1));
        Thread("two", process, () => Send(sender, 1));
        Thread("three", process, () => Send(sender, 1));
        Receive(3);
    }
}

/// <summary>A shared sender is disposed while two threads use it.</summary>
internal sealed class DisposedSharedSender : RingProgram
{
    protected override int Slots => 1;

    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        Thread("one", process, () => SendUnlessDisposed(sender));
        Thread("two", process, () => SendUnlessDisposed(sender));
        Thread("closer", process, sender.Dispose);
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
        Require(Host.VirtualStore.OpenMappings(Run) == 1, "A disposed sender has not given back its mapping.");
    }

    private void SendUnlessDisposed(ByteSender sender)
    {
        try
        {
            Send(sender, 1);
        }
        catch (ObjectDisposedException)
        {
        }
    }
}

/// <summary>The lock of turns by itself, reserved for a thread that another one ends: never two turns at once.</summary>
internal sealed class EndedReservation : Program
{
    private BiasedLockHolder _holder = null!;

    protected override void SetUp()
    {
        VirtualProcess process = Process("process");
        _holder = new BiasedLockHolder();
        Thread("owner", process, () =>
        {
            _holder.Reserve();
            for (int turn = 0; turn < 2; turn++)
            {
                _holder.TryTurn();
            }
        });
        Thread("other", process, () =>
        {
            Hook.Await(() => _holder.IsReserved, Timeout.InfiniteTimeSpan, "reservation");
            _holder.EndReservation();
            _holder.TryTurn();
            _holder.EndReservation();
            _holder.TryTurn();
        });
    }

    /// <summary>A lock, and what it guards.</summary>
    private sealed class BiasedLockHolder
    {
        private BiasedLock _lock;
        private int _inside;

        public bool IsReserved { get; private set; }

        /// <summary>Takes turns until they are reserved for this thread.</summary>
        public void Reserve()
        {
            VirtualThread.Current!.Run.Aside(() =>
            {
                for (int turn = 0; turn < 1_100; turn++)
                {
                    _lock.TryTake();
                    _lock.End();
                }
            });
            IsReserved = true;
        }

        public void EndReservation() => _lock.EndReservation();

        public void TryTurn()
        {
            if (_lock.TryTake())
            {
                Require(IpMpsc.Volatile.Read(ref _inside) == 0, "Two threads have the turn.");
                IpMpsc.Volatile.Write(ref _inside, 1);
                IpMpsc.Volatile.Write(ref _inside, 0);
                _lock.End();
            }
        }
    }
}

/// <summary>A shared sender whose turns are reserved for one thread when another comes, and when it is disposed.</summary>
internal sealed class ReservedSender : RingProgram
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
            Run.Aside(() => Reserve(sender));
            isReserved = true;
            SendUnlessDisposed(sender, 1);
            SendUnlessDisposed(sender, 2);
        });
        Thread("other", process, () =>
        {
            Hook.Await(() => isReserved, Timeout.InfiniteTimeSpan, "reservation");
            SendUnlessDisposed(sender, 1);
        });
        Thread("closer", process, () =>
        {
            Hook.Await(() => isReserved, Timeout.InfiniteTimeSpan, "reservation");
            sender.Dispose();
        });
    }

    protected override void Check()
    {
        ReceiveRest();
        base.Check();
        Require(Host.VirtualStore.OpenMappings(Run) == 1, "A disposed sender has not given back its mapping.");
    }

    private void Reserve(ByteSender sender)
    {
        for (int turn = 0; turn < 1_100; turn++)
        {
            sender.IsReceiverAttached.ToString();
            sender.TryClaim(12, out ByteClaim claim);
            claim.Abort();
            TheReceiver.TryReceive(new byte[64], out _);
        }
    }

    private void SendUnlessDisposed(ByteSender sender, int number)
    {
        try
        {
            Begin(number);
            if (sender.TrySend(Message(number)))
            {
                Done(number);
            }
        }
        catch (ObjectDisposedException)
        {
        }
    }
}

/// <summary>Asynchronous sends that wait for room, from two threads; the loop sends them in their order.</summary>
internal sealed class AsynchronousSends : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        AllowOversleeping(); // A slot that another thread gives back wakes no send that waits for one.
        Thread("one", process, () => SendAsync(sender, 3));
        Thread("two", process, () => SendAsync(sender, 1));
        Receive(4);
    }

    private void SendAsync(ByteSender sender, int count)
    {
        for (int number = 1; number <= count; number++)
        {
            Begin(number);
            Await(sender.SendAsync(Message(number)));
            Done(number);
        }
    }
}

/// <summary>An asynchronous send that waits for room is cancelled, while another one behind it is not.</summary>
internal sealed class CancelledAsynchronousSend : RingProgram
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
            Begin(4);
            ValueTask third = sender.SendAsync(Message(3), _source.Token);
            ValueTask fourth = sender.SendAsync(Message(4));
            try
            {
                Await(third);
                Done(3);
            }
            catch (OperationCanceledException)
            {
            }

            Await(fourth);
            Done(4);
        });
        Thread("canceller", process, () => Cancel(_source));
        ReceiveUntil("one", 4);
    }
}

/// <summary>A sender is disposed while asynchronous sends wait for room.</summary>
internal sealed class DisposedWithAsynchronousSends : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        VirtualProcess process = Process("a");
        ByteSender sender = As(process, () => ByteSender.Open(Name, Options));
        AllowOversleeping();
        Thread("one", process, () =>
        {
            try
            {
                for (int number = 1; number <= 3; number++)
                {
                    Begin(number);
                    Await(sender.SendAsync(Message(number)));
                    Done(number);
                }
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

/// <summary>Asynchronous receives one after the other: a wait is used again when its result was taken.</summary>
internal sealed class AsynchronousReceives : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1); Send(sender, 2); });
        Thread("receiver", ReceiverProcess, () =>
        {
            Got(Await(TheReceiver.ReceiveAsync()));
            Got(Await(TheReceiver.ReceiveAsync()));
        });
    }
}

/// <summary>An asynchronous receive is cancelled, and the next one begins at once.</summary>
internal sealed class CancelledAsynchronousReceive : RingProgram
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
                Got(Await(TheReceiver.ReceiveAsync(_source.Token)));
            }
            catch (OperationCanceledException)
            {
                Got(Await(TheReceiver.ReceiveAsync()));
            }
        });
        Thread("canceller", ReceiverProcess, () => Cancel(_source));
    }
}

/// <summary>A receiver is disposed during an asynchronous receive.</summary>
internal sealed class DisposedWithAsynchronousReceive : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => Send(sender, 1));
        Thread("receiver", ReceiverProcess, () =>
        {
            try
            {
                Got(Await(TheReceiver.ReceiveAsync()));
                Got(Await(TheReceiver.ReceiveAsync()));
            }
            catch (ObjectDisposedException)
            {
            }
        });
        Thread("closer", ReceiverProcess, TheReceiver.Dispose);
    }

    protected override void Check() => CheckWithNewReceiver();
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
                Require(ready.TryReceive(buffer, out int length), "A receiver of a set was ready and had no message.");
                Got(buffer.AsSpan(0, length));
            }
        });
    }

    protected virtual IReceiver WaitAny(ReceiverSet set) => set.WaitAny();
}

/// <summary>The same without a thread.</summary>
internal sealed class TwoChannelsAsynchronously : TwoChannels
{
    protected override IReceiver WaitAny(ReceiverSet set) => Await(set.WaitAnyAsync());
}

/// <summary>Two threads use one receiver by mistake: one is told, and the channel takes no harm.</summary>
internal sealed class TwoThreadsOfOneReceiver : RingProgram
{
    protected override void SetUp()
    {
        Receiver();
        Sender("a", sender => { Send(sender, 1); Send(sender, 2); });
        Thread("one", ReceiverProcess, TryReceive);
        Thread("two", ReceiverProcess, TryReceive);
    }

    protected override void Check()
    {
        ReceiveRest();
        CheckMessages(mayRepeat: 0, mayReorder: true); // Two threads have no order among themselves.
    }

    private void TryReceive()
    {
        try
        {
            ReceiveRest();
        }
        catch (InvalidOperationException)
        {
        }
    }
}
