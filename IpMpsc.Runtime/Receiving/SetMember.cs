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

    public RingConsumer Consumer => consumer;

    /// <summary>The receiver that the set returns when there is a message.</summary>
    public object Receiver => receiver;

    /// <summary>Whether a loop waits for this member now.</summary>
    public bool IsArmed { get; private set; }

    public override Signal Signal => consumer.Attachment.ReceiverSignal;

    public override bool SleepsAlone => true;

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
