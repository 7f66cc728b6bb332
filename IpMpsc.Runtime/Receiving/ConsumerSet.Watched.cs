using System.Diagnostics;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <content>
/// The blocking wait of a large set where the system watches any number of words: its cost does not depend on the
/// number of members.
/// </content>
internal sealed partial class ConsumerSet
{
    private static readonly Action<object?> s_interrupt = static set => ((ConsumerSet)set!).InterruptWatch();

    private SetWatch? _watch;

    /// <summary>
    /// From how many members on a set has them watched. Fewer are looked at and slept on within microseconds, and while
    /// the set polls them, they cost their senders no system call.
    /// </summary>
    public int WatchedFrom { get; set; } = 17;

    /// <summary>Opens a watch, or takes the one that the calling thread opened before.</summary>
    private bool TryWatch()
    {
        lock (_gate)
        {
            if (_watch is { IsOfThisThread: false })
            {
                EndWatch();
            }

            if (_watch is null && _members.Count >= WatchedFrom && !_budget.IsEndless
                && SignalWatch.TryOpen() is { } signals)
            {
                _watch = new SetWatch(signals);
                foreach (SetMember member in _members.All)
                {
                    _watch.Add(member);
                }
            }

            return _watch is not null;
        }
    }

    private object? WaitWatched(in WaitLimit limit)
    {
        SetMember? found = FindWatched(limit);
        while (found is null && _budget.IsLeft(_waitBegan, limit))
        {
            found = FindWatched(limit);
        }

        if (found is null && !limit.HasPassed)
        {
            using CancellationTokenRegistration registration = limit.Cancellation.UnsafeRegister(s_interrupt, this);
            while ((found = FindWatched(limit)) is null && !limit.HasPassed)
            {
                SleepWatched(limit);
            }
        }

        return found?.Receiver;
    }

    private SetMember? FindWatched(in WaitLimit limit)
    {
        SetMember? found;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, "ReceiverSet");
            _watch!.LookAtThoseDue(Stopwatch.GetTimestamp());
            found = _watch.FindReady() ?? (limit.IsNow ? FindByLookAtAll() : null);
            if (_watch.TakeHasMetClosed())
            {
                _members.RemoveClosed();
            }
        }

        limit.Cancellation.ThrowIfCancellationRequested();
        return found;
    }

    /// <summary>A wait that may take no time looks for dead senders and for the ends of channels at once.</summary>
    private SetMember? FindByLookAtAll()
    {
        foreach (SetMember member in _members.All)
        {
            if (member.LookOnceThoroughly(out _))
            {
                return _watch!.Found(member);
            }
        }

        return null;
    }

    /// <summary>Sleeps once, unless there is something to look at.</summary>
    private void SleepWatched(in WaitLimit limit)
    {
        SetWatch watch;
        TimeSpan most;
        lock (_gate)
        {
            watch = _watch!;
            most = watch.Arm();
            TimeSpan untilLook = watch.UntilLook(Stopwatch.GetTimestamp());
            most = untilLook < most ? untilLook : most;
            most = _isClosed ? TimeSpan.Zero : most;
        }

        TimeSpan left = limit.Remaining;
        most = left < most ? left : most;
        if (most > TimeSpan.Zero)
        {
            watch.Sleep(most);
        }
    }

    /// <summary>For a token: the wait looks at it when its sleep has ended.</summary>
    private void InterruptWatch()
    {
        lock (_gate)
        {
            _watch?.Interrupt();
        }
    }

    private void EndWatch()
    {
        _watch?.Dispose();
        _watch = null;
    }
}
