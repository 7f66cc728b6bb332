using System.Runtime.CompilerServices;
using IpMpsc.Platform;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>
/// The source of a sender that threads share: as many producers, each with a slot of its own, as
/// claims were ever in flight at once. Threads take turns with the first one, so that a sender which only one
/// thread uses at a time pays no lock, and one that only one thread uses at all, nothing.
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
    private readonly BiasedLock _turns = new();
    private int _waiting;
    private bool _closed;

    /// <summary>Begins with the slot that was taken when the channel was opened.</summary>
    public ProducerPool(Attachment attachment, int slot, string name, bool failsWithoutReceiver, SpinBudget budget)
    {
        _attachment = attachment;
        _name = name;
        _failsWithoutReceiver = failsWithoutReceiver;
        _budget = budget;
        _first = Make(slot);
    }

    /// <summary>What all producers of the pool send through.</summary>
    public Attachment Attachment => _attachment;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RingProducer? Rent(in WaitLimit limit)
    {
        RingProducer? producer = _turns.TryTake() ? _first : RentSlow(limit);
        producer?.Enter();
        return producer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(RingProducer producer)
    {
        producer.Exit();
        if (producer == _first)
        {
            _turns.End();
        }
        else
        {
            Push(producer);
        }

        // After the producer is back, never before: a waiter counts itself, then looks for it.
        if (Volatile.Read(ref _waiting) != 0) // STEP turn.look-for-waiting
        {
            TellWaiting();
        }
    }

    /// <summary>Closes every producer; those in use when their use ends.</summary>
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

        // Every slot of the channel is taken, some of them by other threads of this sender: one of
        // those comes back as soon as its claim ends.
        Interlocked.Increment(ref _waiting); // STEP turn.count
        Interlocked.MemoryBarrierProcessWide(); // STEP turn.wait-barrier: who returns a producer does so without a fence.
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
                _all[0].ThrowClosed();
            }

            _turns.EndReservation();
            if (_turns.TryTake())
            {
                return _first;
            }

            if (_free.TryPop(out RingProducer? free))
            {
                return free;
            }

            return TryAcquire(out int slot) ? Make(slot) : null;
        }
    }

    /// <summary>A system that has no lock left has no slot for us either: those that we have come back.</summary>
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
        // Who takes a permit from now on finds the producer, so there need never be more permits than waiters.
        Interlocked.MemoryBarrier(); // STEP turn.tell-fence
        if (_returned.CurrentCount < Volatile.Read(ref _waiting))
        {
            _returned.Release(); // STEP turn.tell
        }
    }
}
