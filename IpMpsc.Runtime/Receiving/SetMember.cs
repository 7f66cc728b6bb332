using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <summary>
/// One receiver in a <see cref="ConsumerSet"/>. While the set waits, it uses the receiver's side of the ring. The set's
/// lock guards the state here, except that looks read the two marks without it.
/// </summary>
internal sealed class SetMember(ConsumerSet set, RingConsumer consumer, object receiver) : PendingWait
{
    private MessageCondition _condition;
    private volatile bool _isLeaving;
    private WaitLoop? _shared;
    private uint _raised;
    private bool _isForgotten;
    private bool _wasFoundThoroughly;

    public RingConsumer Consumer => consumer;

    /// <summary>The receiver that the set returns when there is a message.</summary>
    public object Receiver => receiver;

    /// <summary>Whether a loop waits for this member now.</summary>
    public bool IsArmed { get; private set; }

    public override Signal Signal => consumer.Attachment.ReceiverSignal;

    public override bool SleepsAlone => true;

    /// <summary>What a <see cref="SetWatch"/> knows this member by while it is armed there, else 0.</summary>
    public ulong WatchId { get; private set; }

    /// <summary>Whether the receiver was closed, or has left the set.</summary>
    public bool IsGone => _isForgotten || consumer.IsClosed;

    /// <summary>
    /// Whether the last thorough look found the word of this armed member lowered. If it does not fire, the sender that lowered
    /// it died before it could wake the receiver.
    /// </summary>
    public bool HasLostItsWaker { get; private set; }

    /// <summary>Looks once: whether the next receive returns a message or throws.</summary>
    public bool IsReady()
    {
        if (!consumer.TryEnter())
        {
            return false;
        }

        ReceiveOutcome outcome = consumer.TryTake();
        EndUse(outcome);
        return outcome != ReceiveOutcome.Empty;
    }

    /// <summary>As <see cref="IsReady"/>, and finds what a sleeper is woken for.</summary>
    /// <exception cref="InvalidOperationException">The receiver is in use.</exception>
    public bool LookOnce()
    {
        if (_wasFoundThoroughly)
        {
            return LookOnceThoroughly(out _); // Such as the end of a channel, which no other look finds again.
        }

        if (IsGone || !consumer.TryEnter())
        {
            return false;
        }

        _condition = new MessageCondition(consumer);
        bool isReady = LookAgain();
        EndUse(_condition.Outcome);
        return isReady;
    }

    /// <summary>Looks thoroughly, as before each sleep.</summary>
    /// <param name="slice">When this look is due again.</param>
    /// <exception cref="InvalidOperationException">The receiver is in use.</exception>
    public bool LookOnceThoroughly(out TimeSpan slice)
    {
        slice = TimeSpan.Zero;
        if (IsGone || !consumer.TryEnter())
        {
            return false;
        }

        _condition = new MessageCondition(consumer);
        try
        {
            HasLostItsWaker = WatchId != 0 && !Signal.IsRaisedAs(_raised);
            _wasFoundThoroughly = _condition.IsMetBeforeSleep(out slice);
        }
        catch (Exception)
        {
            _wasFoundThoroughly = true; // The receive that follows throws it.
        }

        EndUse(_condition.Outcome);
        return _wasFoundThoroughly;
    }

    /// <summary>Begins to arm this member for a <see cref="SetWatch"/>: announces a sleeper. False if it is gone.</summary>
    /// <exception cref="InvalidOperationException">The receiver is in use.</exception>
    public bool TryAnnounce()
    {
        if (IsGone || !consumer.TryEnter())
        {
            return false;
        }

        _condition = new MessageCondition(consumer);
        Signal.IsWatched = true;
        _raised = Signal.Announce();
        return true;
    }

    /// <summary>The last look before the word is watched.</summary>
    public bool LookAgain()
    {
        try
        {
            return _condition.IsMetOnceAnnounced();
        }
        catch (Exception)
        {
            return true; // The receive that follows throws it.
        }
    }

    /// <summary>Notes that the word is watched from now on.</summary>
    /// <returns>The value that it was raised to.</returns>
    public uint Watched(ulong id)
    {
        WatchId = id;
        return _raised;
    }

    /// <summary>Ends the use that <see cref="TryAnnounce"/> began.</summary>
    public void EndArming()
    {
        if (WatchId == 0)
        {
            Signal.IsWatched = false;
            Signal.Lower();
        }

        EndUse(_condition.Outcome);
    }

    /// <summary>Notes that the word is not watched any more.</summary>
    public void HasFired()
    {
        WatchId = 0;
        Signal.IsWatched = false;
    }

    /// <summary>Ends the watch of a word that has not fired.</summary>
    public void Unwatch()
    {
        if (consumer.Attachment.TryAddUser())
        {
            Signal.Unwatch();
            consumer.Attachment.RemoveUser();
        }

        HasFired();
    }

    /// <exception cref="InvalidOperationException">The receiver is in use.</exception>
    public void ThrowIfInUse()
    {
        if (consumer.TryEnter())
        {
            consumer.Exit();
        }
    }

    /// <summary>Notes that this member has left the set.</summary>
    public void Forget() => _isForgotten = true;

    /// <summary>
    /// Begins to wait: in the loop of the waiting thread if there is one with room, otherwise in the loop of
    /// a waiter thread, which the caller must interrupt then. False if the receiver was closed.
    /// </summary>
    public bool TryArm(WaitLoop? own)
    {
        if (!consumer.TryEnter())
        {
            return false;
        }

        try
        {
            Loop = own is not null && own.TryTakePlace() ? own : WaiterThreads.TakePlace(_shared);
        }
        catch
        {
            consumer.Exit(); // No thread can be started now; a later wait may get one.
            throw;
        }

        _shared = Loop == own ? _shared : Loop;
        _condition = new MessageCondition(consumer);
        IsArmed = true;
        Begin();
        Loop.Join(this);
        return true;
    }

    /// <summary>Makes the loop let go of this member soon.</summary>
    public void Leave()
    {
        _isLeaving = true;
        Loop?.Interrupt();
    }

    public override void End()
    {
        ReceiveOutcome outcome = _condition.Outcome;
        EndUse(outcome);
        IsArmed = false;
        set.MemberEnded(this, isReady: outcome != ReceiveOutcome.Empty || Failure is not null);
    }

    protected override bool IsMet() => set.IsEnding || _isLeaving || consumer.IsClosed || _condition.IsMetOnceAnnounced();

    protected override bool IsMetBeforeSleep(out TimeSpan slice)
    {
        slice = default;
        return set.IsEnding || _isLeaving || consumer.IsClosed || _condition.IsMetBeforeSleep(out slice);
    }

    /// <summary>Leaves a message where it is, for the receive that follows.</summary>
    private void EndUse(ReceiveOutcome outcome)
    {
        if (outcome == ReceiveOutcome.Message)
        {
            consumer.PutBack();
        }
        else
        {
            consumer.Exit();
        }
    }
}
