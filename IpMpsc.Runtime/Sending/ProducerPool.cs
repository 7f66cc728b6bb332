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
    /// <summary>How often a thread that waits for a slot looks whether another process has given one back.</summary>
    private static readonly TimeSpan s_slotSlice = TimeSpan.FromMilliseconds(10);

    /// <summary>Producers that were not needed for this long give their slots back, at the latest after twice this time.</summary>
    private static readonly TimeSpan s_idleTime = TimeSpan.FromSeconds(1);

    private readonly Attachment _attachment;
    private readonly string _name;
    private readonly bool _failsWithoutReceiver;
    private readonly SpinBudget _budget;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _returned = new(0);
    private readonly List<RingProducer> _all = [];
    private readonly List<RingProducer> _free = []; // The last one is taken first, so those at the front are idle.

    private readonly RingProducer _first;
    private int _waiting;
    private int _leastFree; // Since the last look for idle ones.
    private Timer? _idleTimer;
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

    public RingProducer First => _first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RingProducer? TryRent() => _first.TryTakeTurn() ? _first : RentSlow(default);

    public RingProducer? Rent(in WaitLimit limit) => _first.TryTakeTurn() ? _first : RentSlow(limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(RingProducer producer)
    {
        // A thread that waits has ended the reservation of the first producer before.
        if (!producer.Exit() || producer != _first)
        {
            ReturnSlow(producer);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReturnReserved(RingProducer first)
    {
        if (!first.ExitReserved())
        {
            ReturnSlow(first);
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
            _idleTimer?.Dispose();
        }

        _all.ForEach(static producer => producer.Close()); // Nothing is added or removed from now on.
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

        if (limit.HasPassed)
        {
            return null;
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

                // A slot that another process gives back, or loses by its death, wakes nobody here.
                TimeSpan remaining = limit.Remaining;
                if (!_returned.Wait(remaining < s_slotSlice ? remaining : s_slotSlice, limit.Cancellation) && limit.HasPassed)
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

            if (_first.TryTakeTurnFromOwner())
            {
                return _first;
            }

            RingProducer? producer = TakeIdle();
            producer?.Enter();
            return producer;
        }
    }

    /// <summary>A producer that nobody uses: a free one, or a new one if the table has a slot.</summary>
    private RingProducer? TakeIdle()
    {
        if (_free.Count > 0)
        {
            RingProducer free = _free[^1];
            _free.RemoveAt(_free.Count - 1);
            _leastFree = Math.Min(_leastFree, _free.Count);
            return free;
        }

        if (!TryAcquire(out int slot))
        {
            return null;
        }

        _idleTimer ??= StartIdleTimer();
        return Make(slot);
    }

    /// <summary>It runs only while there are more producers than the first one.</summary>
    private Timer StartIdleTimer()
    {
        // It must not keep alive what happens to flow with the call that needed another producer.
        using AsyncFlowControl control = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return new Timer(static pool => ((ProducerPool)pool!).ReleaseIdle(), this, s_idleTime, s_idleTime);
    }

    /// <summary>Closes the producers that were free all the time since the last call: their slots are there for others again.</summary>
    private void ReleaseIdle()
    {
        RingProducer[] idle;
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            idle = [.. _free[.._leastFree]];
            _free.RemoveRange(0, idle.Length);
            _leastFree = _free.Count;
            _all.RemoveAll(producer => Array.IndexOf(idle, producer) >= 0);
            if (_all.Count == 1)
            {
                _idleTimer?.Dispose();
                _idleTimer = null;
            }
        }

        Array.ForEach(idle, static producer => producer.Close());
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
    private void ReturnSlow(RingProducer producer)
    {
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

    private void Push(RingProducer producer)
    {
        EvenIfInterrupted(
            static (pool, producer) =>
            {
                lock (pool._gate)
                {
                    pool._free.Add(producer!);
                }
            },
            producer);
    }

    /// <summary>
    /// Does what must be done after a commit, and what waits for a lock at most. A thread that is interrupted there would
    /// otherwise report that a message was not sent which was sent. It is interrupted at its next wait instead.
    /// </summary>
    private void EvenIfInterrupted(Action<ProducerPool, RingProducer?> action, RingProducer? producer)
    {
        bool isInterrupted = false;
        while (true)
        {
            try
            {
                action(this, producer);
                break;
            }
            catch (ThreadInterruptedException)
            {
                isInterrupted = true; // Thrown while it waited for the lock, so nothing was done.
            }
        }

        if (isInterrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }

    private void TellWaiting()
    {
        // A waiter that takes a permit from now on finds the producer, so more permits than waiters are never needed.
        Interlocked.MemoryBarrier(); // STEP turn.tell-fence
        if (_returned.CurrentCount < Volatile.Read(ref _waiting))
        {
            EvenIfInterrupted(static (pool, _) => pool._returned.Release(), null); // STEP turn.tell
        }
    }
}
