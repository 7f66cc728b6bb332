using System.Diagnostics;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <content>The wait that lends its thread to a loop of its own, after it has polled for a while.</content>
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
    /// The receiver whose next receive has something to say, by preference not the last one again; null
    /// if the limit passed first.
    /// </summary>
    public object? Wait(in WaitLimit limit)
    {
        BeginWait(isAsync: false);
        try
        {
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
    /// Sleeps once in the loops, whose looks find the dead too: so a set that never sleeps comes here as
    /// well, once in a turn of polling, and does not stay.
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
