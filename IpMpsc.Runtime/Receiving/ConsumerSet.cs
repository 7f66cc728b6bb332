using System.Diagnostics;
using System.Runtime.ExceptionServices;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <summary>
/// Waits for any of many receivers. A blocking wait of a large set has the system watch the members, where it can:
/// see <see cref="SetWatch"/>. Any other blocking wait runs a loop on its own thread, which takes
/// as many members as one sleep can cover. Further members, and all members of an asynchronous wait, go to the waiter
/// threads.
/// </summary>
/// <remarks>
/// A wait in loops has three phases. First it looks at the members in turn. Then it arms every member, and their receivers are in use from then
/// on. The first event (a message, the limit, a cancellation, the end of the set) begins the third phase, in
/// which the loops let go of every member. The wait returns only after that, so that the caller can use
/// the receivers. Members may join and leave in each phase.
/// </remarks>
internal sealed partial class ConsumerSet
{
    private static readonly Action<object?> s_cancel = static set => ((ConsumerSet)set!).Cancel();

    private readonly object _gate = new(); // A Monitor, not a Lock: threads also wait on it.
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

    /// <summary>Whether the wait is over and the loops must let go of the members.</summary>
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

    /// <summary>Adds a receiver, also to a wait that is under way; false if the set has it already.</summary>
    public bool TryAdd(RingConsumer consumer, object receiver)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, "ReceiverSet");
            if (_members.Find(receiver) is not null)
            {
                return false;
            }

            SetMember added = new(this, consumer, receiver);
            if (_isArmed && !_isEnding)
            {
                Arm(added);
                added.Loop?.Interrupt();
            }

            if (_watch is not null)
            {
                if (_isWaiting)
                {
                    added.ThrowIfInUse();
                    _watch.Interrupt();
                }

                _watch.Add(added);
            }

            _members.Add(added);
            return true;
        }
    }

    /// <summary>Removes a receiver. When this returns, a wait that is under way no longer uses the receiver.</summary>
    public bool Remove(object receiver)
    {
        lock (_gate)
        {
            if (_members.Find(receiver) is not { } member)
            {
                return false;
            }

            _members.Remove(member);
            _watch?.Remove(member);
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

    /// <summary>Ends the set and a wait that is under way. The receivers stay open.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            BeginEnding();
            if (_isWaiting)
            {
                _watch?.Interrupt();
            }
            else
            {
                EndWatch();
            }
        }
    }

    /// <summary>Called on the thread of a loop after it has let go of a member.</summary>
    public void MemberEnded(SetMember member, bool isReady)
    {
        lock (_gate)
        {
            _armed--;
            bool isIn = _members.Contains(member);
            if (isIn && member.Consumer.IsClosed)
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
                    "Another call waits for this set now. Only one thread at a time can wait for a set: create one set for each thread.");
            }

            _isWaiting = true;
            _waitBegan = Stopwatch.GetTimestamp();
            _isAsync = isAsync;
            _ready = null;
            if (isAsync)
            {
                EndWatch(); // The words go to the loops of the waiter threads.
            }
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
            if (_isClosed)
            {
                EndWatch();
            }
        }
    }

    private void ArmAll()
    {
        lock (_gate)
        {
            _isArmed = true;
            _isEnding = _haveAllEnded = false; // Left over from the previous turn if the set never sleeps.
            try
            {
                foreach (SetMember member in _members.All)
                {
                    Arm(member);
                }

                InterruptLoops(); // Once each, and not for each member. The loop of this thread runs next.
            }
            catch (Exception failure)
            {
                // A receiver is in use, or no thread can be started. The members that are armed must be let go of
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
        InterruptLoops();
        TellIfAllEnded();
    }

    private void InterruptLoops()
    {
        WaitLoop? last = null;
        foreach (SetMember member in _members.All)
        {
            if (member.IsArmed && member.Loop != last)
            {
                last = member.Loop;
                last!.Interrupt();
            }
        }
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
            _own!.Interrupt(); // Its thread then looks whether all members have ended.
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
