using System.Diagnostics;
using System.Runtime.ExceptionServices;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

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
    private readonly SetRotation _members = new();

    private int _armed;
    private SetMember? _ready;
    private Exception? _failure;
    private volatile bool _isWaiting;
    private bool _isArmed;
    private bool _isAsync;
    private long _waitBegan;
    private bool _haveAllEnded;
    private volatile bool _isEnding;
    private volatile bool _isClosed;

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
                _members.RemoveClosed();
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
            if (_members.Find(receiver) is not null)
            {
                return false;
            }

            SetMember added = new(this, ring, receiver);
            if (_isArmed && !_isEnding)
            {
                Arm(added);
            }

            _members.Add(added);
            return true;
        }
    }

    /// <summary>Removes a receiver; when this returns, a wait that is under way does not use it any more.</summary>
    public bool Remove(object receiver)
    {
        lock (_gate)
        {
            if (_members.Find(receiver) is not { } member)
            {
                return false;
            }

            _members.Remove(member);
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

    /// <summary>Called on the thread of a loop that has let go of a member.</summary>
    public void MemberEnded(SetMember member, bool isReady)
    {
        lock (_gate)
        {
            _armed--;
            bool isIn = _members.Contains(member);
            if (isIn && member.Ring.IsClosed)
            {
                _members.Remove(member);
            }
            else if (isIn && isReady && _ready is null && !_isEnding)
            {
                _ready = member;
                _members.Found(member);
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
            _waitBegan = Stopwatch.GetTimestamp();
            _isAsync = isAsync;
            _ready = null;
        }
    }

    private void EndWait()
    {
        lock (_gate)
        {
            _budget.Learn(Stopwatch.GetTimestamp() - _waitBegan);
            _isWaiting = _isArmed = _isEnding = _haveAllEnded = false;
            _ready = null;
            _failure = null;
        }
    }

    private void ArmAll()
    {
        lock (_gate)
        {
            _isArmed = true;
            _isEnding = _haveAllEnded = false; // Of the turn before, if the set never sleeps.
            try
            {
                foreach (SetMember member in _members.All)
                {
                    Arm(member);
                }
            }
            catch (Exception failure)
            {
                // One is in use, or there is no thread to be had. The members before it must be let go of
                // first, as at the end of any wait.
                _failure = failure;
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
        foreach (SetMember member in _members.All)
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
}
