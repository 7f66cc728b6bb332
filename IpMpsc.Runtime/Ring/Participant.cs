using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Platform;
using IpMpsc.Segments;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Ring;

/// <summary>
/// A side of the ring that one thread uses at a time: guards its use, ends it safely and waits for it.
/// </summary>
/// <remarks>
/// <para>
/// A second thread is always noticed, at its first step: the use is a <see cref="BiasedLock"/>, whose owner pays two plain
/// stores, and any other thread an interlocked operation.
/// </para>
/// <para>
/// <see cref="Close"/> may come from any thread at any moment, even while a call is under way or a
/// message is in hand; an unmapped page would end the process. So each use is enclosed in
/// <see cref="Enter"/> and <see cref="Exit"/>, and whoever comes last, the user or the closer, gives
/// the segment back. "Mark, then look at the other's mark" needs a fence on both sides; the user's
/// one is paid by the closer with a process-wide barrier, which leaves two plain stores on the hot path.
/// </para>
/// </remarks>
internal abstract class Participant : IMetered, IAttachmentUser
{
    /// <summary>Polls between two looks at the clock, about a microsecond.</summary>
    private const int PollsPerTick = 32;

    private SpinBudget _budget = SpinBudget.Adaptive;
    private long _waitBegan;
    private readonly Lock _entering = new();
    private BiasedLock _use;
    private bool _closed;
    private int _closing;
    private int _left;

    protected Participant(Attachment attachment)
    {
        Attachment = attachment;
        attachment.Track(this);
    }

    /// <summary>The participant's hold on the segment.</summary>
    public Attachment Attachment { get; }

    /// <summary>How long a call polls before it sleeps.</summary>
    public SpinBudget Budget
    {
        init => _budget = value;
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
        if (!_use.TryTake())
        {
            TakeFromOtherThread();
        }

        ThrowIfClosed();
    }

    /// <summary>Begins a use of a participant that threads share, unless another thread has it or could take it at any moment.</summary>
    /// <exception cref="ObjectDisposedException">The participant was closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeTurn()
    {
        if (!_use.TryTake())
        {
            return false;
        }

        ThrowIfClosed();
        return true;
    }

    /// <summary>As <see cref="TryTakeTurn"/>, and ends what is reserved for another thread. One thread at a time calls it.</summary>
    /// <exception cref="ObjectDisposedException">The participant was closed.</exception>
    public bool TryTakeReservedTurn()
    {
        _use.EndReservation();
        return TryTakeTurn();
    }

    /// <summary>Begins a use, unless the participant was closed.</summary>
    /// <exception cref="InvalidOperationException">Another use has not ended.</exception>
    public bool TryEnter()
    {
        if (!_use.TryTake())
        {
            TakeFromOtherThread();
        }

        if (!Volatile.Read(ref _closed))
        {
            return true;
        }

        Exit();
        return false;
    }

    /// <summary>Ends a use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit()
    {
        _use.End();
        if (Volatile.Read(ref _closed))
        {
            LeaveOnce();
        }
    }

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
        Volatile.Write(ref _closed, true); // STEP dispose.mark
        Interlocked.MemoryBarrierProcessWide();
        if (_use.IsTaken)
        {
            OwnSignal.Wake();
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
    public long Depth => Attachment.BytesUsed;

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
            Interlocked.MemoryBarrierProcessWide();
            if (!_use.IsTaken)
            {
                LeaveOnce();
            }
        }
    }

    /// <summary>Gives back what the participant holds in the segment; called once.</summary>
    protected abstract void Leave();

    /// <summary>The word on which this participant sleeps.</summary>
    protected abstract Signal OwnSignal { get; }

    /// <summary>Whether nobody else sleeps on <see cref="OwnSignal"/>, so that it may be lowered after a sleep.</summary>
    protected abstract bool SleepsAlone { get; }

    /// <summary>
    /// Polls, then sleeps, until the condition is met; false if the limit passed first. On a borrowed thread it only
    /// polls: to suspend a method and to resume it costs more than that, and whoever answers soon finds nobody asleep.
    /// </summary>
    /// <exception cref="OperationCanceledException">The limit's token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The participant was closed meanwhile.</exception>
    protected bool Await<TCondition>(ref TCondition condition, in WaitLimit limit)
        where TCondition : struct, IWaitCondition, allows ref struct
    {
        // An answer from a spinning peer takes less time than a look at the clock before and after it.
        return Poll(ref condition) || AwaitLonger(ref condition, limit);
    }

    /// <summary>Learns how long to poll from a wait that has ended now, wherever it went on after its polls.</summary>
    public void LearnFromWait() => _budget.Learn(Stopwatch.GetTimestamp() - _waitBegan);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AwaitLonger<TCondition>(ref TCondition condition, in WaitLimit limit)
        where TCondition : struct, IWaitCondition, allows ref struct
    {
        _waitBegan = Stopwatch.GetTimestamp();
        bool met = PollFor(ref condition, limit, _waitBegan);
        if (!met && limit.IsOnBorrowedThread)
        {
            return false;
        }

        while (!met && _budget.IsEndless && !MustReturn(limit))
        {
            met = condition.IsMetBeforeSleep(out _) || PollFor(ref condition, limit, Stopwatch.GetTimestamp());
        }

        met = met || (!_budget.IsEndless && SleepUntil(ref condition, limit));
        LearnFromWait();
        return met;
    }

    private bool PollFor<TCondition>(ref TCondition condition, in WaitLimit limit, long start)
        where TCondition : struct, IWaitCondition, allows ref struct
    {
        bool met = false;
        while (!met && _budget.IsLeft(start, limit))
        {
            ThrowIfEnded(limit);
            met = Poll(ref condition);
        }

        return met;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Poll<TCondition>(ref TCondition condition)
        where TCondition : struct, IWaitCondition, allows ref struct
    {
        for (int poll = 0; poll < PollsPerTick; poll++)
        {
            if (condition.IsMet())
            {
                return true;
            }

            Thread.SpinWait(1);
        }

        return false;
    }

    private bool SleepUntil<TCondition>(ref TCondition condition, in WaitLimit limit)
        where TCondition : struct, IWaitCondition, allows ref struct
    {
        using CancellationTokenRegistration registration =
            limit.Cancellation.UnsafeRegister(static self => ((Participant)self!).OwnSignal.Wake(), this);

        while (true)
        {
            if (condition.IsMetBeforeSleep(out TimeSpan slice))
            {
                return true;
            }

            TimeSpan ordered = OwnSignal.Raise(out uint raised);
            CrashPoint.Before("wait.recheck");
            bool met = condition.IsMetOnceAnnounced();
            bool mustReturn = !met && MustReturn(limit); // STEP wait.recheck-token, STEP cancel.mark
            if (!met && !mustReturn)
            {
                OwnSignal.Sleep(raised, Least(slice, ordered, limit.Remaining));
                met = condition.IsMet();
            }

            // A word that others sleep on too stays raised: lowering it would take their wake-up away.
            if (SleepsAlone)
            {
                OwnSignal.Lower();
            }

            if (met || mustReturn)
            {
                return met;
            }
        }
    }

    /// <summary>Takes the use over from a thread that has ended its own, as a program may that hands a participant on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ThrowIfClosed()
    {
        if (Volatile.Read(ref _closed))
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

    /// <summary>Whether the wait is over although its condition is not met.</summary>
    private bool MustReturn(in WaitLimit limit)
    {
        ThrowIfEnded(limit);
        return limit.HasPassed;
    }

    private void ThrowIfEnded(in WaitLimit limit)
    {
        if (IsClosed)
        {
            ThrowClosed();
        }

        limit.Cancellation.ThrowIfCancellationRequested();
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b, TimeSpan c)
    {
        TimeSpan least = a < b ? a : b;
        return least < c ? least : c;
    }
}
