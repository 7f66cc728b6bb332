using System.Diagnostics;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <content>The wait that polls for a while and then runs a loop on its own thread.</content>
internal sealed partial class ConsumerSet
{
    private SpinBudget _budget = SpinBudget.Adaptive;
    private WaitLoop? _own;

    /// <summary>How long a wait polls before it sleeps.</summary>
    public SpinBudget Budget
    {
        init => _budget = value;
    }

    /// <summary>
    /// The receiver whose next receive returns a message or throws, preferably not the one that was found last; null
    /// if the limit passed first.
    /// </summary>
    public object? Wait(in WaitLimit limit)
    {
        BeginWait(isAsync: false);
        try
        {
            if (TryWatch())
            {
                return WaitWatched(limit);
            }

            object? ready;
            do
            {
                ready = TryFind(limit)?.Receiver ?? ArmAndSleep(limit);
            }
            while (ready is null && !limit.HasPassed);

            return ready;
        }
        finally
        {
            EndWait();
        }
    }

    private SetMember? TryFind(in WaitLimit limit)
    {
        long start = Stopwatch.GetTimestamp();
        SetMember? found;
        do
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isClosed, "ReceiverSet");
                found = _members.FindReady();
            }

            limit.Cancellation.ThrowIfCancellationRequested();
        }
        while (found is null && _budget.IsLeft(start, limit));

        return found;
    }

    /// <summary>
    /// Sleeps once in the loops. Their looks also find dead senders. Therefore a set that never sleeps comes here too,
    /// once after each turn of polling, and returns at once.
    /// </summary>
    private object? ArmAndSleep(in WaitLimit limit)
    {
        _own ??= new WaitLoop();
        ArmAll();
        using CancellationTokenRegistration registration = limit.Cancellation.UnsafeRegister(s_cancel, this);
        do
        {
            _own.RunOnce(_budget.IsEndless ? TimeSpan.Zero : limit.Remaining);
        }
        while (!HaveAllEnded(_budget.IsEndless || limit.HasPassed));

        return Result(limit.Cancellation);
    }

    private bool HaveAllEnded(bool hasPassed)
    {
        lock (_gate)
        {
            if (hasPassed)
            {
                BeginEnding();
            }

            return _haveAllEnded;
        }
    }
}
