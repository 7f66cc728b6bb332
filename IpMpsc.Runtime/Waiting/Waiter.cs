using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace IpMpsc.Waiting;

/// <summary>
/// The blocking waits of one participant: polls for a while, learns how long that is worth while, then sleeps in slices. The
/// beginning of an asynchronous wait polls here too; <see cref="WaitLoop"/> takes over from there.
/// </summary>
/// <param name="signal">The word on which the participant sleeps.</param>
/// <param name="sleepsAlone">Whether nobody else sleeps on that word, so that it may be lowered after a sleep.</param>
/// <param name="owner">The participant.</param>
internal sealed class Waiter(Signal signal, bool sleepsAlone, IWaitOwner owner)
{
    /// <summary>Polls between two looks at the clock, about a microsecond.</summary>
#if IPMPSC_EXPLORE
    public const int PollsPerTick = 1; // More polls are more steps that change nothing.
#else
    public const int PollsPerTick = 32;
#endif

    private SpinBudget _budget = SpinBudget.Adaptive;
    private long _began;

    /// <summary>Sets how long a wait polls before it sleeps.</summary>
    public SpinBudget Budget
    {
        set => _budget = value;
    }

    /// <summary>
    /// Polls, then sleeps, until the condition is met; false if the limit passed first. A call that may not wait looks
    /// once. On a borrowed thread the wait only polls: to suspend a method and to resume it costs more than that, and an
    /// answer that comes soon finds nobody asleep.
    /// </summary>
    /// <exception cref="OperationCanceledException">The limit's token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The participant was closed in the meantime.</exception>
    public bool Await<TCondition>(ref TCondition condition, in WaitLimit limit) where TCondition : struct, IWaitCondition
    {
        if (limit.IsNow)
        {
            return LookOnce(ref condition, limit);
        }

        // An answer from a spinning peer takes less time than a look at the clock before and after it.
        return Poll(ref condition) || AwaitLonger(ref condition, limit);
    }

    /// <summary>
    /// Learns how long to poll from a wait that has ended now, wherever it continued after its polls.
    /// </summary>
    public void Learn() => _budget.Learn(Stopwatch.GetTimestamp() - _began);

    /// <summary>Wakes the participant's thread if it sleeps.</summary>
    public void Wake() => signal.Wake();

    /// <summary>One thorough look. Announces nothing, and so interrupts nobody and leaves no signal raised.</summary>
    private bool LookOnce<TCondition>(ref TCondition condition, in WaitLimit limit) where TCondition : struct, IWaitCondition
    {
        bool met = condition.IsMetBeforeSleep(out _);
        if (!met)
        {
            ThrowIfEnded(limit);
        }

        return met;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AwaitLonger<TCondition>(ref TCondition condition, in WaitLimit limit) where TCondition : struct, IWaitCondition
    {
        _began = Stopwatch.GetTimestamp();
        bool met = PollFor(ref condition, limit, _began);
        if (!met && limit.IsOnBorrowedThread)
        {
            return false;
        }

        while (!met && _budget.IsEndless && !MustReturn(limit))
        {
            met = condition.IsMetBeforeSleep(out _) || PollFor(ref condition, limit, Stopwatch.GetTimestamp());
        }

        met = met || (!_budget.IsEndless && SleepUntil(ref condition, limit));
        Learn();
        return met;
    }

    private bool PollFor<TCondition>(ref TCondition condition, in WaitLimit limit, long start)
        where TCondition : struct, IWaitCondition
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
    private static bool Poll<TCondition>(ref TCondition condition) where TCondition : struct, IWaitCondition
    {
        for (int poll = 0; poll < PollsPerTick; poll++)
        {
            if (condition.IsMet())
            {
                return true;
            }

            PollPause.Take();
        }

        return false;
    }

    private bool SleepUntil<TCondition>(ref TCondition condition, in WaitLimit limit) where TCondition : struct, IWaitCondition
    {
        using CancellationTokenRegistration registration =
            limit.Cancellation.UnsafeRegister(static self => ((Waiter)self!).Wake(), this);

        BlockingSleeper<TCondition> sleeper = new(this, ref condition, limit);
        while (!condition.IsMetBeforeSleep(out TimeSpan slice))
        {
            if (SleepHandshake.Sleep(ref sleeper, slice, limit.Remaining) ? sleeper.IsMet : sleeper.IsMet || sleeper.MustReturn)
            {
                return sleeper.IsMet;
            }
        }

        return true;
    }

    /// <summary>Whether the wait is over although its condition is not met.</summary>
    private bool MustReturn(in WaitLimit limit)
    {
        ThrowIfEnded(limit);
        return limit.HasPassed;
    }

    private void ThrowIfEnded(in WaitLimit limit)
    {
        if (owner.IsClosed)
        {
            owner.ThrowClosed();
        }

        limit.Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The calling thread, which sleeps on one word.</summary>
    private ref struct BlockingSleeper<TCondition>(Waiter waiter, ref TCondition condition, in WaitLimit limit) : ISleeper
        where TCondition : struct, IWaitCondition
    {
        private readonly Waiter _waiter = waiter;
        private readonly ref TCondition _condition = ref condition;
        private readonly ref readonly WaitLimit _limit = ref limit;
        private uint _raised;

        public bool IsMet { get; private set; }

        public bool MustReturn { get; private set; }

        public void Announce() => _raised = _waiter.Signal.Announce();

        public bool LookAgain()
        {
            IsMet = _condition.IsMetOnceAnnounced();
            MustReturn = !IsMet && _waiter.MustReturn(_limit); // STEP wait.recheck-token, STEP cancel.mark
            return IsMet || MustReturn;
        }

        public void Sleep(TimeSpan limit)
        {
            _waiter.Signal.Word.Sleep(_raised, limit);
            IsMet = _condition.IsMet();
        }

        /// <summary>A word that others sleep on too stays raised: lowering it would take their wake-up away.</summary>
        public readonly void Withdraw()
        {
            if (_waiter.SleepsAlone)
            {
                _waiter.Signal.Lower();
            }
        }
    }

    private Signal Signal => signal;

    private bool SleepsAlone => sleepsAlone;
}
