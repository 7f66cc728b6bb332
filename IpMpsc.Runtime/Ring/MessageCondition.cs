using System.Runtime.CompilerServices;
using IpMpsc.Waiting;

namespace IpMpsc.Ring;

/// <summary>A message at head; it is met by having taken it in hand.</summary>
internal struct MessageCondition(RingConsumer consumer) : IWaitCondition
{
    /// <summary>A sender that is killed between its commit and its wake-up wakes nobody.</summary>
    private static readonly TimeSpan s_idleSlice = TimeSpan.FromMilliseconds(50);

    /// <summary>The owner of the record at head may be killed while we sleep; the gap shall not last 50 ms.</summary>
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
        if (Outcome == ReceiveOutcome.Empty && consumer.EndsWithSenders && consumer.HaveSendersLeft())
        {
            // They may have sent something before they left and after we had looked.
            Outcome = consumer.TryTakeThoroughly();
            if (Outcome == ReceiveOutcome.Empty && consumer.IsRingEmpty())
            {
                Outcome = ReceiveOutcome.Completed;
            }
        }

        slice = consumer.IsRingEmpty() ? s_idleSlice : s_stuckSlice;
        return Outcome != ReceiveOutcome.Empty;
    }

    /// <summary>Who polls need not look for a deletion, which is no matter of nanoseconds; who would sleep through it does.</summary>
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
