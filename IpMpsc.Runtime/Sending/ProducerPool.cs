using System.Runtime.CompilerServices;
using IpMpsc.Platform;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>
/// The source of a shared sender: as many producers, each with its own slot, as claims were ever in flight at once.
/// Threads take turns with the first producer, so a sender that one thread at a time uses pays no lock, and one that a
/// single thread uses pays nothing.
/// </summary>
internal sealed class ProducerPool : IProducerSource
{
    private readonly Attachment _attachment;
    private readonly string _name;
    private readonly bool _failsWithoutReceiver;
    private readonly SpinBudget _budget;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _returned = new(0);
    private readonly List<RingProducer> _all = [];
    private readonly Stack<RingProducer> _free = new();

    private readonly RingProducer _first;
    private int _waiting;
    private bool _closed;

    /// <summary>Begins with the slot that the attachment took when it joined the channel.</summary>
    public ProducerPool(Attachment attachment, string name, bool failsWithoutReceiver, SpinBudget budget)
    {
        _attachment = attachment;
        _name = name;
        _failsWithoutReceiver = failsWithoutReceiver;
        _budget = budget;
        _first = Make(attachment.FirstSlot);
    }

    /// <summary>The hold on the channel that all producers of the pool share.</summary>
    public Attachment Attachment => _attachment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RingProducer? TryRent() => _first.TryTakeTurn() ? _first : RentSlow(default);

    public RingProducer? Rent(in WaitLimit limit) => _first.TryTakeTurn() ? _first : RentSlow(limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(RingProducer producer)
    {
        producer.Exit();
        if (producer != _first)
        {
            Push(producer);
        }

        // After the return, never before: a waiter counts itself first and then looks for a producer.
        if (Volatile.Read(ref _waiting) != 0) // STEP turn.look-for-waiting
        {
            TellWaiting();
        }
    }

    /// <summary>Closes every producer; a producer in use is closed when its use ends.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        _all.ForEach(static producer => producer.Close());
        _returned.Release(Math.Max(1, Volatile.Read(ref _waiting)));
        _attachment.RemoveUser();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RingProducer? RentSlow(in WaitLimit limit)
    {
        if (TryTakeFree() is { } free)
        {
            return free;
        }

        // Every slot of the channel is taken, some by other threads of this sender. One of those comes back as soon as its
        // claim ends.
        Interlocked.Increment(ref _waiting); // STEP turn.count
        Interlocked.MemoryBarrierProcessWide(); // STEP turn.wait-barrier: a thread that returns a producer issues no fence.
        try
        {
            while (true)
            {
                if (TryTakeFree() is { } returned)
                {
                    return returned;
                }

                TimeSpan remaining = limit.Remaining;
                if (!_returned.Wait(remaining < TimeSpan.FromDays(1) ? remaining : Timeout.InfiniteTimeSpan, limit.Cancellation)
                    && limit.HasPassed)
                {
                    return null;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private RingProducer? TryTakeFree()
    {
        lock (_gate)
        {
            if (_closed)
            {
                // The closer may have seen our attempt to take the first turn, and have left it to us to leave.
                _first.LeaveIfClosed();
                _first.ThrowClosed();
            }

            if (_first.TryTakeReservedTurn())
            {
                return _first;
            }

            if (!_free.TryPop(out RingProducer? producer))
            {
                producer = TryAcquire(out int slot) ? Make(slot) : null;
            }

            producer?.Enter();
            return producer;
        }
    }

    /// <summary>Takes a slot; false if the table is full, or the system has no lock left. The pool's own slots come back.</summary>
    private bool TryAcquire(out int slot)
    {
        try
        {
            return SenderSlots.TryAcquire(_attachment, _name, out slot);
        }
        catch (ChannelFault)
        {
            slot = -1;
            return false;
        }
    }

    private RingProducer Make(int slot)
    {
        RingProducer producer = new(_attachment, slot)
        {
            FailsWithoutReceiver = _failsWithoutReceiver,
            Budget = _budget,
            ReportsWakeUps = _all.Count == 0,
        };
        ChannelMeter.Add(producer);
        _all.Add(producer);
        return producer;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Push(RingProducer producer)
    {
        lock (_gate)
        {
            _free.Push(producer);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TellWaiting()
    {
        // A waiter that takes a permit from now on finds the producer, so more permits than waiters are never needed.
        Interlocked.MemoryBarrier(); // STEP turn.tell-fence
        if (_returned.CurrentCount < Volatile.Read(ref _waiting))
        {
            _returned.Release(); // STEP turn.tell
        }
    }
}
