using Exploring.Engine;
using IpMpsc;
using IpMpsc.Ring;

namespace Exploring.Programs;

/// <summary>Three threads share a sender, on a channel with enough slots.</summary>
internal class SharedSender : RingProgram
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        Thread("one", process, () => Send(sender, 1));
        Thread("two", process, () => Send(sender, 1));
        Thread("three", process, () => Send(sender, 1));
        Receive(3);
    }
}

/// <summary>They share the only slot, so they wait for each other's turns.</summary>
internal sealed class SharedSlot : SharedSender
{
    protected override int Slots => 1;
}

/// <summary>A shared sender is disposed while two threads use it.</summary>
internal sealed class DisposedSharedSender : RingProgram
{
    protected override int Slots => 1;

    protected override long Capacity => 128;

    protected override void SetUp()
    {
        Receiver();
        (VirtualProcess process, ByteSender sender) = Join("a");
        Thread("one", process, () => SendUnlessDisposed(sender));
        Thread("two", process, () => SendUnlessDisposed(sender));
        Thread("closer", process, sender.Dispose);
    }

    protected override void Check() => CheckAfterDisposal();

    private void SendUnlessDisposed(ByteSender sender) => MayThrow<ObjectDisposedException>(() => Send(sender, 1));
}

/// <summary>The biased lock by itself: one thread has reserved it, and another ends the reservation. There are never two turns at once.</summary>
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
            Await(() => _holder.IsReserved, "reservation");
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
            VirtualThread.Aside(() =>
            {
                for (int turn = 0; turn < RingProgram.TurnsUntilReserved; turn++)
                {
                    Require(_lock.TryTake(), "The lock was taken, although no other thread uses it yet.");
                    _lock.End();
                }
            });
            IsReserved = true;
        }

        public void EndReservation() => _lock.EndReservation();

        public void TryTurn()
        {
            if (_lock.TryTakeReserved() || _lock.TryTake())
            {
                Require(IpMpsc.Volatile.Read(ref _inside) == 0, "Two threads have a turn at once.");
                IpMpsc.Volatile.Write(ref _inside, 1);
                IpMpsc.Volatile.Write(ref _inside, 0);
                _lock.End();
            }
        }
    }
}

/// <summary>A shared sender whose turns are reserved for one thread when another one comes.</summary>
internal abstract class ReservedTurns : RingProgram
{
    private bool _isReserved;

    protected VirtualProcess Sharing { get; private set; } = null!;

    protected ByteSender Shared { get; private set; } = null!;

    protected override void SetUp()
    {
        Receiver();
        (Sharing, Shared) = Join("a");
        Thread("owner", Sharing, () =>
        {
            ReserveTurns(Shared);
            _isReserved = true;
            SendAsOwner();
        });
        WhenReserved("other", SendAsOther);
    }

    /// <summary>A thread that begins when the turns are reserved.</summary>
    protected void WhenReserved(string name, Action body) => Thread(name, Sharing, () =>
    {
        Await(() => _isReserved, "reservation");
        body();
    });

    protected abstract void SendAsOwner();

    protected virtual void SendAsOther() => Send(Shared, 1);

    protected override void Check() => CheckWithRest();
}

/// <summary>The sender is also disposed.</summary>
internal sealed class ReservedSender : ReservedTurns
{
    protected override long Capacity => 128;

    protected override void SetUp()
    {
        base.SetUp();
        WhenReserved("closer", Shared.Dispose);
    }

    protected override void SendAsOwner()
    {
        SendUnlessDisposed(1);
        SendUnlessDisposed(2);
    }

    protected override void SendAsOther() => SendUnlessDisposed(1);

    protected override void Check() => CheckAfterDisposal();

    private void SendUnlessDisposed(int number) => MayThrow<ObjectDisposedException>(() =>
    {
        Begin(number);
        if (Shared.TrySend(Message(number)))
        {
            Done(number);
        }
    });
}

/// <summary>The owner asks for another turn while its claim is open.</summary>
internal sealed class ReservedTurnInUse : ReservedTurns
{
    protected override long Capacity => 128;

    protected override void SendAsOwner()
    {
        Begin(1);
        Begin(2);
        using ByteClaim first = Shared.Claim(12);
        using ByteClaim second = Shared.Claim(12);
        Message(1).CopyTo(first.Payload);
        Message(2).CopyTo(second.Payload);
        first.Commit();
        second.Commit();
        Done(1);
        Done(2);
    }
}

/// <summary>The only slot is reserved when the other thread waits for it.</summary>
internal sealed class SharedSlotReserved : ReservedTurns
{
    protected override int Slots => 1;

    protected override void SendAsOwner() => Send(Shared, 1);
}
