using IpMpsc.Waiting;

namespace IpMpsc.Ring;

/// <summary>Waits for room. The condition is met when the claim is made.</summary>
internal struct SpaceCondition(RingProducer producer, long length, bool whenEmpty) : IWaitCondition
{
    /// <summary>A receiver that is killed wakes no sender, and the next receiver may come at any time.</summary>
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(100);

    public ClaimOutcome Outcome { get; private set; } = ClaimOutcome.Full;

    public bool IsMet()
    {
        Outcome = whenEmpty ? producer.TryClaimWhenEmpty(length) : producer.TryClaim(length);
        return Outcome != ClaimOutcome.Full;
    }

    public bool IsMetBeforeSleep(out TimeSpan slice)
    {
        slice = s_slice;
        producer.Attachment.RetireIfRemoved();
        if (IsMet())
        {
            return true;
        }

        if (producer.FailsWithoutReceiver && !producer.Attachment.IsReceiverAttached)
        {
            Outcome = ClaimOutcome.NoReceiver;
        }

        return Outcome != ClaimOutcome.Full;
    }

    public bool IsMetOnceAnnounced() => IsMet();
}
