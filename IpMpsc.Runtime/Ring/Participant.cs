using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Segments;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Ring;

/// <summary>A side of the ring that one thread uses at a time. Guards each use, and ends the participation safely.</summary>
/// <remarks>
/// <para>
/// A second thread is always noticed, at its first step: the use is a <see cref="BiasedLock"/>, whose owner pays two plain
/// stores, and any other thread an interlocked operation.
/// </para>
/// <para>
/// Any thread may call <see cref="Close"/> at any moment, even while a call is under way or a message is in hand, and access to
/// an unmapped page would end the process. So each use is enclosed in <see cref="Enter"/> and <see cref="Exit"/>, and the last of the
/// two threads, the user's or the closer's, gives the segment back. Each marks what it does and then looks at the mark of the other,
/// which needs a fence on both sides. The closer pays for both with a process-wide barrier, so the hot path has two plain stores.
/// </para>
/// </remarks>
internal abstract class Participant : IMetered, IAttachmentUser, IWaitOwner
{
    private readonly Lock _entering = new();
    private BiasedLock _use;
    private bool _closed;
    private int _closing;
    private int _left;

    /// <param name="attachment">The participant's hold on the segment.</param>
    /// <param name="signal">The word on which it sleeps.</param>
    /// <param name="sleepsAlone">Whether nobody else sleeps on that word.</param>
    protected Participant(Attachment attachment, Signal signal, bool sleepsAlone)
    {
        Attachment = attachment;
        Waiter = new Waiter(signal, sleepsAlone, this);
        attachment.Track(this);
    }

    /// <summary>The participant's hold on the segment.</summary>
    public Attachment Attachment { get; }

    /// <summary>The waits of its calls.</summary>
    public Waiter Waiter { get; }

    /// <summary>How long a call polls before it sleeps.</summary>
    public SpinBudget Budget
    {
        init => Waiter.Budget = value;
    }

    /// <summary>Whether <see cref="Close"/> was called.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Whether a use is under way; for tests, which must not guess when a wait has begun.</summary>
    public bool IsInUse => _use.IsTaken;

    bool IAttachmentUser.IsInUse => IsInUse || MustStay;

    /// <summary>Begins a use.</summary>
    /// <exception cref="InvalidOperationException">Another use has not ended.</exception>
    /// <exception cref="ObjectDisposedException">The participant was closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        // No look at the mark of the closer, who ends the reservation first.
        if (!TryEnterReserved())
        {
            EnterSlow();
        }
    }

    /// <summary>
    /// Begins a use at the least cost, if the participant is reserved for this thread. False does not mean that
    /// another thread uses it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnterReserved() => _use.TryTakeReserved();

    /// <summary>As <see cref="Exit"/>, for a use that <see cref="TryEnterReserved"/> began.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool ExitReserved() => _use.EndReserved() || FinishExit();

    /// <summary>Begins a use of a participant that threads share, unless another thread has it or could take it at any moment.</summary>
    /// <exception cref="ObjectDisposedException">The participant was closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeTurn() => TryEnterReserved() || TryTakeTurnSlow();

    /// <summary>As <see cref="TryTakeTurn"/>, and ends what is reserved for another thread. One thread at a time calls it.</summary>
    /// <exception cref="ObjectDisposedException">The participant was closed.</exception>
    public bool TryTakeTurnFromOwner()
    {
        _use.EndReservation();
        return TryTakeTurnSlow();
    }

    /// <summary>Begins a use, unless the participant was closed.</summary>
    /// <exception cref="InvalidOperationException">Another use has not ended.</exception>
    public bool TryEnter()
    {
        Take();
        if (!IsClosed)
        {
            return true;
        }

        Exit();
        return false;
    }

    /// <summary>Ends a use.</summary>
    /// <returns>Whether no other thread has asked for a turn, or closed the participant, before the use had ended.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Exit() => _use.End() || FinishExit();

    /// <summary>
    /// Ends the participation: now, or when the use that is under way has ended. A call that waits
    /// is woken and throws.
    /// </summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }

        // The user may leave between our look at it and the wake-up, which needs the mapping.
        Attachment.AddUser();
        _use.ForbidReservation(); // Before the mark, at which the owner of a reservation never looks, and others may leave.
        Volatile.Write(ref _closed, true); // STEP dispose.mark
        Interlocked.MemoryBarrierProcessWide(); // STEP dispose.close-barrier
        if (_use.IsTaken)
        {
            Waiter.Wake();
        }
        else
        {
            LeaveOnce();
        }

        Attachment.RemoveUser();
    }

    /// <inheritdoc />
    public string Channel => Attachment.Path;

    /// <inheritdoc />
    public long Read(ChannelGauge gauge) => SegmentGauges.Read(Attachment, gauge);

    /// <inheritdoc />
    public abstract string Role { get; }

    /// <inheritdoc />
    public abstract ChannelTally Tally { get; }

    /// <summary>Throws what a closed participant throws.</summary>
    [DoesNotReturn]
    public abstract void ThrowClosed();

    /// <summary>Throws what a second use throws.</summary>
    [DoesNotReturn]
    protected abstract void ThrowInUse();

    /// <summary>Whether the participant must not leave yet although it was closed and is not in use.</summary>
    protected virtual bool MustStay => false;

    /// <summary>Leaves if the participant was closed and is not in use: to be called when it may leave, by any thread.</summary>
    public void LeaveIfClosed()
    {
        if (IsClosed)
        {
            // Whoever closed it may not have come to this barrier yet, without which a use that has just begun cannot be seen.
            Interlocked.MemoryBarrierProcessWide(); // STEP dispose.leave-barrier
            if (!_use.IsTaken) // STEP dispose.look-for-use
            {
                LeaveOnce();
            }
        }
    }

    /// <summary>Gives back what the participant holds in the segment; called once.</summary>
    protected abstract void Leave();

    /// <returns>False, for <see cref="Exit"/>.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool FinishExit()
    {
        LeaveIfClosed(); // STEP dispose.look-for-mark. Not at once: another thread may have begun a use since this one ended.
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterSlow()
    {
        Take();
        ThrowIfClosed();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryTakeTurnSlow()
    {
        if (!_use.TryTake())
        {
            return false;
        }

        ThrowIfClosed();
        return true;
    }

    private void Take()
    {
        if (!_use.TryTake())
        {
            TakeFromOtherThread();
        }
    }

    /// <summary>Takes the use over from a thread that has ended its own, as a program may that hands a participant on.</summary>
    private void TakeFromOtherThread()
    {
        lock (_entering)
        {
            _use.EndReservation();
            if (!_use.TryTake())
            {
                ThrowInUse();
            }
        }
    }

    private void ThrowIfClosed()
    {
        if (IsClosed) // STEP dispose.look-before-use
        {
            Exit();
            ThrowClosed();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LeaveOnce()
    {
        // Orders the end of the use before this look: whoever ends the reason to stay orders the two the other way round.
        Interlocked.MemoryBarrier();
        if (!MustStay && Interlocked.Exchange(ref _left, 1) == 0) // STEP dispose.wait-left
        {
            ChannelMeter.Remove(this);
            Leave();
            Attachment.Untrack(this);
            Attachment.RemoveUser(); // STEP dispose.unmap
        }
    }
}
