using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace IpMpsc.Core;

/// <summary>
/// Waits for any of many receivers. A blocking wait lends its thread to a loop of its own, which takes
/// as many members as one sleep can; further ones, and all of an asynchronous wait, go to the waiter
/// threads.
/// </summary>
/// <remarks>
/// A wait has three phases: it looks, round robin; it arms every member, whose rings are in use from then
/// on; the first event - a message, the limit, a cancellation, the end of the set - begins the ending, in
/// which the loops let go of every member. Only then does the wait return, so that the caller can use
/// the receivers. Members join and leave in each phase.
/// </remarks>
internal sealed partial class ConsumerSet
{
    private static readonly Action<object?> s_cancel = static set => ((ConsumerSet)set!).Cancel();

    private readonly object _gate = new(); // Also waited on, which a Lock does not offer.
    private readonly List<SetMember> _members = [];

    private SpinBudget _budget = SpinBudget.Adaptive;
    private WaitLoop? _own;
    private int _next;
    private int _armed;
    private SetMember? _ready;
    private Exception? _failure;
    private volatile bool _isWaiting;
    private bool _isArmed;
    private bool _isAsync;
    private bool _haveAllEnded;
    private volatile bool _isEnding;
    private volatile bool _isClosed;

    /// <summary>How long a blocking wait polls before it sleeps.</summary>
    public SpinBudget Budget
    {
        init => _budget = value;
    }

    /// <summary>Whether a wait is under way.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>Whether the wait is over and the members shall be let go of.</summary>
    public bool IsEnding => _isEnding;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                RemoveClosed();
                return _members.Count;
            }
        }
    }

    /// <summary>Adds a receiver, also to a wait that is under way; false if it is in the set.</summary>
    public bool TryAdd(RingConsumer ring, object receiver)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, "ReceiverSet");
            if (_members.Exists(member => member.Receiver == receiver))
            {
                return false;
            }

            SetMember added = new(this, ring, receiver);
            _members.Add(added);
            if (_isArmed && !_isEnding)
            {
                Arm(added);
            }

            return true;
        }
    }

    /// <summary>Removes a receiver; when this returns, a wait that is under way does not use it any more.</summary>
    public bool Remove(object receiver)
    {
        lock (_gate)
        {
            int index = _members.FindIndex(member => member.Receiver == receiver);
            if (index < 0)
            {
                return false;
            }

            SetMember member = _members[index];
            RemoveAt(index);
            if (member.IsArmed)
            {
                member.Leave();
                while (member.IsArmed)
                {
                    Monitor.Wait(_gate);
                }
            }

            return true;
        }
    }

    /// <summary>Ends the set, and a wait that is under way. The receivers stay as they are.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            BeginEnding();
        }
    }

    /// <summary>
    /// The receiver whose next receive has something to say, by preference not the last one again; null
    /// if the limit passed first.
    /// </summary>
    public object? Wait(in WaitLimit limit)
    {
        BeginWait(isAsync: false);
        long start = Stopwatch.GetTimestamp();
        try
        {
            object? ready;
            do
            {
                ready = TryFind(limit) ?? ArmAndSleep(limit);
            }
            while (ready is null && !limit.HasPassed);

            return ready;
        }
        finally
        {
            EndWait();
            _budget.Learn(Stopwatch.GetTimestamp() - start);
        }
    }

    /// <summary>Called on the thread of a loop that has let go of a member.</summary>
    public void MemberEnded(SetMember member, bool isReady)
    {
        lock (_gate)
        {
            _armed--;
            int index = _members.IndexOf(member);
            if (index >= 0 && member.Ring.IsClosed)
            {
                RemoveAt(index);
            }
            else if (index >= 0 && isReady && _ready is null && !_isEnding)
            {
                _ready = member;
                _next = index + 1;
                BeginEnding();
            }

            TellIfAllEnded();
            Monitor.PulseAll(_gate);
        }
    }

    private void BeginWait(bool isAsync)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, "ReceiverSet");
            if (_isWaiting)
            {
                throw new InvalidOperationException(
                    "Another call waits for this set now. One thread at a time waits; use a set for each.");
            }

            _isWaiting = true;
            _isAsync = isAsync;
            _ready = null;
        }
    }

    private void EndWait()
    {
        lock (_gate)
        {
            _isWaiting = _isArmed = _isEnding = _haveAllEnded = false;
            _ready = null;
            _failure = null;
        }
    }

    private object? TryFind(in WaitLimit limit)
    {
        long start = Stopwatch.GetTimestamp();
        SetMember? found;
        do
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isClosed, "ReceiverSet");
                found = FindReady();
            }

            limit.Cancellation.ThrowIfCancellationRequested();
        }
        while (found is null && !limit.HasPassed && Stopwatch.GetTimestamp() - start < _budget.Ticks);

        return found?.Receiver;
    }

    /// <summary>One look at each member, from the one behind the last that was found.</summary>
    private SetMember? FindReady()
    {
        RemoveClosed();
        ReadOnlySpan<SetMember> members = CollectionsMarshal.AsSpan(_members);
        for (int looked = 0; looked < members.Length; looked++)
        {
            _next = _next < members.Length ? _next : 0;
            SetMember member = members[_next++];
            if (member.IsReady())
            {
                return member;
            }
        }

        return null;
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

    private void ArmAll()
    {
        lock (_gate)
        {
            _isArmed = true;
            _isEnding = _haveAllEnded = false; // Of the turn before, if the set never sleeps.
            try
            {
                foreach (SetMember member in _members)
                {
                    Arm(member);
                }
            }
            catch (InvalidOperationException inUse)
            {
                // The members before it must be let go of first, as at the end of any wait.
                _failure = inUse;
                BeginEnding();
            }

            if (_isClosed)
            {
                BeginEnding();
            }
        }
    }

    private void Arm(SetMember member)
    {
        if (member.TryArm(_isAsync ? null : _own))
        {
            _armed++;
        }
    }

    private void Cancel()
    {
        lock (_gate)
        {
            BeginEnding();
        }
    }

    private void BeginEnding()
    {
        if (!_isArmed || _isEnding)
        {
            return;
        }

        _isEnding = true;
        WaitLoop? last = null;
        foreach (SetMember member in _members)
        {
            if (member.IsArmed && member.Loop != last)
            {
                last = member.Loop;
                last!.Interrupt();
            }
        }

        TellIfAllEnded();
    }

    private void TellIfAllEnded()
    {
        if (!_isEnding || _armed > 0 || _haveAllEnded)
        {
            return;
        }

        _haveAllEnded = true;
        if (_isAsync)
        {
            _ended.SetResult(true);
        }
        else
        {
            _own!.Interrupt(); // Its thread looks whether all have ended.
        }
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

    private object? Result(CancellationToken cancellation)
    {
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (_ready is { } ready)
        {
            return ready.Receiver;
        }

        ObjectDisposedException.ThrowIf(_isClosed, "ReceiverSet");
        cancellation.ThrowIfCancellationRequested();
        return null;
    }

    /// <summary>Members that a wait looks after are removed when it lets go of them.</summary>
    private void RemoveClosed() => _members.RemoveAll(static member => member.Ring.IsClosed && !member.IsArmed);

    private void RemoveAt(int index)
    {
        _members.RemoveAt(index);
        _next -= index < _next ? 1 : 0;
    }
}
