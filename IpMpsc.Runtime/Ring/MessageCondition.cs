using System.Runtime.CompilerServices;
using IpMpsc.Waiting;

namespace IpMpsc.Ring;

/// <summary>Waits for a message. The condition is met when the message is in hand.</summary>
internal struct MessageCondition(RingConsumer consumer) : IWaitCondition
{
    /// <summary>A sender that is killed between its commit and its wake-up does not wake the receiver.</summary>
    private static readonly TimeSpan s_idleSlice = TimeSpan.FromMilliseconds(50);

    /// <summary>The owner of the next record may be killed during the sleep, and the gap should not last 50 ms.</summary>
    private static readonly TimeSpan s_stuckSlice = TimeSpan.FromMilliseconds(10);

    public ReceiveOutcome Outcome { get; private set; } = ReceiveOutcome.Empty;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsMet()
    {
        if (!consumer.IsHeadValid())
        {
            return false;
        }

        Outcome = consumer.TryTake();
        return Outcome != ReceiveOutcome.Empty;
    }

    public bool IsMetBeforeSleep(out TimeSpan slice)
    {
        Outcome = consumer.TryTakeThoroughly();
        consumer.Attachment.RetireIfRemoved();
        EndIfRetired();
        if (Outcome == ReceiveOutcome.Empty && consumer.EndsWithSenders && consumer.IsCompleted())
        {
            Outcome = ReceiveOutcome.Completed;
        }

        slice = consumer.IsRingEmpty() ? s_idleSlice : s_stuckSlice;
        return Outcome != ReceiveOutcome.Empty;
    }

    /// <summary>A poll does not look for a deletion, which need not be noticed within nanoseconds; the last look before a sleep does.</summary>
    public bool IsMetOnceAnnounced()
    {
        if (!IsMet())
        {
            EndIfRetired();
        }

        return Outcome != ReceiveOutcome.Empty;
    }

    private void EndIfRetired()
    {
        if (Outcome == ReceiveOutcome.Empty && consumer.TrySeal())
        {
            Outcome = ReceiveOutcome.Retired;
        }
    }
}
