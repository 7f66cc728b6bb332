using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <summary>
/// One receiver in a <see cref="ConsumerSet"/>. While the set waits, the ring is in use by it; the set's
/// lock guards what is set here, except that looks read the two marks without it.
/// </summary>
internal sealed class SetMember(ConsumerSet set, RingConsumer ring, object receiver) : PendingWait
{
    private MessageCondition _condition;
    private volatile bool _isLeaving;
    private WaitLoop? _shared;

    public RingConsumer Ring => ring;

    /// <summary>What the set was given, and gives back when there is a message.</summary>
    public object Receiver => receiver;

    /// <summary>Whether a loop looks after it now.</summary>
    public bool IsArmed { get; private set; }

    public override Signal Signal => ring.Attachment.ReceiverSignal;

    public override bool SleepsAlone => true;

    /// <summary>Looks now: whether the next receive has something to say, a message or an exception.</summary>
    public bool IsReady()
    {
        if (!ring.TryEnter())
        {
            return false;
        }

        ReceiveOutcome outcome = ring.TryTake();
        EndUse(outcome);
        return outcome != ReceiveOutcome.Empty;
    }

    /// <summary>
    /// Begins to wait, in the loop of the thread that waits if it has one and room there, else in that of
    /// a waiter thread. False if the receiver was closed.
    /// </summary>
    public bool TryArm(WaitLoop? own)
    {
        if (!ring.TryEnter())
        {
            return false;
        }

        try
        {
            Loop = own is not null && own.TryTakePlace() ? own : WaiterThreads.TakePlace(_shared);
        }
        catch
        {
            ring.Exit(); // There is no thread to be had: whoever waits later may get one.
            throw;
        }

        _shared = Loop == own ? _shared : Loop;
        _condition = new MessageCondition(ring);
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
        set.MemberEnded(this, isReady: outcome != ReceiveOutcome.Empty);
    }

    protected override bool IsMet() => set.IsEnding || _isLeaving || ring.IsClosed || _condition.IsMetOnceAnnounced();

    protected override bool IsMetBeforeSleep(out TimeSpan slice)
    {
        slice = default;
        return set.IsEnding || _isLeaving || ring.IsClosed || _condition.IsMetBeforeSleep(out slice);
    }

    /// <summary>A message stays where it is, for the receive that follows.</summary>
    private void EndUse(ReceiveOutcome outcome)
    {
        if (outcome == ReceiveOutcome.Message)
        {
            ring.PutBack();
        }
        else
        {
            ring.Exit();
        }
    }
}
