using System.Diagnostics;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <summary>
/// Finds the ready members of a <see cref="ConsumerSet"/> without looking at the others. A member whose ring was found
/// empty is armed once: its word is raised, and the system watches it, also between waits, until it fires. Guarded by
/// the set's lock, except for the sleep.
/// </summary>
/// <remarks>
/// Each member is either armed or in one of three collections. <see cref="FindReady"/> looks at those that have fired,
/// then at the few whose rings were found empty, then at those that were found ready last, in turn: so no member hides
/// another. In addition each member is looked at thoroughly once in a slice, because what wakes nobody, such as a death,
/// fires nothing.
/// </remarks>
internal sealed class SetWatch(SignalWatch signals) : IDisposable
{
    /// <summary>How many members that were found empty are looked at again and again before they are armed.</summary>
    private const int MostPolled = 8;

    /// <summary>Members that are armed with one barrier.</summary>
    private const int MostArmedAtOnce = 256;

    /// <summary>Members that are looked at thoroughly before those that have fired have their turn again.</summary>
    private const int MostLooks = 64;

    /// <summary>Looks that are due within 5 ms of each other are made together.</summary>
    private static readonly long s_together = Stopwatch.Frequency / 200;

    private readonly Dictionary<ulong, SetMember> _armed = [];
    private readonly Queue<SetMember> _fired = [];
    private readonly Queue<SetMember> _found = [];
    private readonly List<SetMember> _empty = [];
    private readonly List<SetMember> _arming = [];
    private readonly PriorityQueue<SetMember, long> _looks = new();
    private ulong _lastId;
    private bool _hasMetClosed;

    /// <summary>Whether the calling thread may wait.</summary>
    public bool IsOfThisThread => signals.IsOfThisThread;

    /// <summary>Whether closed receivers have been met since the last question. They are in no collection here.</summary>
    public bool TakeHasMetClosed()
    {
        bool hasMet = _hasMetClosed;
        _hasMetClosed = false;
        return hasMet;
    }

    public void Add(SetMember member)
    {
        _fired.Enqueue(member);
        _looks.Enqueue(member, 0);
    }

    /// <summary>Forgets a member that has left the set. The set does not touch its receiver any more.</summary>
    public void Remove(SetMember member)
    {
        _looks.Remove(member, out _, out _);
        Disarm(member);
        member.Forget(); // It is dropped where it is met next.
    }

    /// <summary>Ends a sleep, or the next one. Any thread may call it.</summary>
    public void Interrupt() => signals.Interrupt();

    public void Sleep(TimeSpan limit) => signals.Sleep(limit);

    /// <summary>A member whose next receive returns a message or throws; null if none has fired.</summary>
    /// <exception cref="InvalidOperationException">A receiver is in use.</exception>
    public SetMember? FindReady()
    {
        while (signals.TryTakeFired(out ulong id))
        {
            if (_armed.Remove(id, out SetMember? member))
            {
                member.HasFired();
                _fired.Enqueue(member);
            }
        }

        SetMember? found = FindIn(_fired) ?? FindInEmpty() ?? FindIn(_found);
        if (_empty.Count > MostPolled)
        {
            Arm();
        }

        return found;
    }

    /// <summary>
    /// Looks thoroughly at the members whose slices are over; at some of them, if that are many. What this finds,
    /// <see cref="FindReady"/> returns in turn: so it may come first, and a member that always has messages keeps nothing from
    /// being found.
    /// </summary>
    /// <param name="now">The time on the monotonic clock.</param>
    /// <exception cref="InvalidOperationException">A receiver is in use.</exception>
    public void LookAtThoseDue(long now)
    {
        if (!_looks.TryPeek(out _, out long first) || first > now)
        {
            return;
        }

        int stretch = WaitLoop.Stretch(_looks.Count);
        for (int left = MostLooks; left > 0 && _looks.TryPeek(out _, out long due) && due <= now + s_together; left--)
        {
            SetMember member = _looks.Dequeue();
            TimeSpan slice = TimeSpan.Zero;
            try
            {
                if (member.LookOnceThoroughly(out slice))
                {
                    Found(member);
                }
            }
            finally
            {
                if (!member.IsGone)
                {
                    _looks.Enqueue(member, now + Math.Max(stretch * WaitLoop.ToTicks(slice), s_together + 1)); // Not twice in this loop.
                }
            }

            if (member.HasLostItsWaker && Disarm(member))
            {
                _empty.Add(member);
            }
        }
    }

    /// <summary>Notes that a member was found by a thorough look. It is looked at in turn from now on.</summary>
    public SetMember Found(SetMember member)
    {
        if (Disarm(member))
        {
            _found.Enqueue(member);
        }

        return member;
    }

    /// <summary>Arms what was found empty, before a sleep.</summary>
    /// <returns>How long the caller may sleep at most; zero if there is something to look at.</returns>
    public TimeSpan Arm()
    {
        TimeSpan ordered = TimeSpan.MaxValue;
        while (_empty.Count > 0 && ordered == TimeSpan.MaxValue)
        {
            ordered = ArmSome();
        }

        return _fired.Count > 0 ? TimeSpan.Zero : ordered;
    }

    /// <summary>How long it is until the next slice of a member is over.</summary>
    public TimeSpan UntilLook(long now) => !_looks.TryPeek(out _, out long due) ? TimeSpan.MaxValue
        : due <= now ? TimeSpan.Zero
        : Stopwatch.GetElapsedTime(now, due);

    /// <summary>Ends the watch. The words stay raised, which costs the next sender of each a system call.</summary>
    public void Dispose()
    {
        foreach (SetMember member in _armed.Values)
        {
            member.HasFired();
        }

        signals.Dispose();
    }

    private SetMember? FindIn(Queue<SetMember> queue)
    {
        for (int left = queue.Count; left > 0; left--)
        {
            SetMember member = queue.Dequeue();
            bool isReady;
            try
            {
                isReady = member.LookOnce();
            }
            catch
            {
                queue.Enqueue(member);
                throw;
            }

            if (isReady)
            {
                _found.Enqueue(member);
                return member;
            }

            if (member.IsGone)
            {
                _hasMetClosed |= member.Consumer.IsClosed;
            }
            else
            {
                _empty.Add(member);
            }
        }

        return null;
    }

    private SetMember? FindInEmpty()
    {
        for (int index = 0; index < _empty.Count; index++)
        {
            SetMember member = _empty[index];
            if (member.LookOnce())
            {
                _empty.RemoveAt(index);
                _found.Enqueue(member);
                return member;
            }
        }

        return null;
    }

    /// <summary>
    /// Takes the steps of <see cref="SleepHandshake"/> for some members, with one barrier. Instead of the sleep, the system
    /// begins to watch their words, of which it finds out itself if they are lowered already.
    /// </summary>
    /// <returns>As <see cref="Signal.OrderAnnouncements"/>.</returns>
    private TimeSpan ArmSome()
    {
        bool isArmed = false;
        try
        {
            for (int left = MostArmedAtOnce; left > 0 && _empty.Count > 0; left--)
            {
                if (_empty[^1].TryAnnounce())
                {
                    _arming.Add(_empty[^1]); // In use until all are armed, so that its word stays mapped.
                }

                _empty.RemoveAt(_empty.Count - 1);
            }

            TimeSpan ordered = Signal.OrderAnnouncements();
            if (ordered == TimeSpan.MaxValue)
            {
                foreach (SetMember member in _arming)
                {
                    WatchUnlessReady(member);
                }

                isArmed = true;
            }

            return ordered;
        }
        finally
        {
            if (!isArmed)
            {
                // A receiver is in use, or nothing orders the stores of the senders, whose wake-ups may fail to come.
                _empty.AddRange(_arming);
            }

            foreach (SetMember member in _arming)
            {
                member.EndArming();
            }

            _arming.Clear();
        }
    }

    private void WatchUnlessReady(SetMember member)
    {
        if (member.LookAgain())
        {
            _fired.Enqueue(member);
        }
        else
        {
            _armed.Add(++_lastId, member);
            signals.Watch(member.Signal, member.Watched(_lastId), _lastId);
        }
    }

    private bool Disarm(SetMember member)
    {
        bool isArmed = _armed.Remove(member.WatchId);
        if (isArmed)
        {
            member.Unwatch();
        }

        return isArmed;
    }
}
