using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <summary>Every way to receive a message of one of several types, once for protocols and for those who take any.</summary>
/// <param name="ring">Where the messages come from.</param>
/// <param name="accepted">The types to take, while others are stepped over with an exception; null takes every type.</param>
internal readonly struct RecordReceive(RingConsumer ring, AcceptedMessages? accepted)
{
    public ReceivedRecord Receive(CancellationToken cancellationToken)
    {
        if (!TryReceive(out ReceivedRecord record, WaitLimit.Forever(cancellationToken)))
        {
            PayloadReceiver.ThrowCompleted(ring);
        }

        return record;
    }

    public bool TryReceive(out ReceivedRecord record)
    {
        ring.Enter();
        ReceiveOutcome outcome = ring.TryTake();
        if (outcome == ReceiveOutcome.Message)
        {
            record = HandOut();
            return true;
        }

        PayloadReceiver.EndWithout(ring, outcome);
        record = default;
        return false;
    }

    public bool TryReceive(out ReceivedRecord record, scoped in WaitLimit limit)
    {
        ReceiveOutcome outcome = PayloadReceiver.Take(ring, limit);
        record = outcome == ReceiveOutcome.Message ? HandOut() : default;
        return outcome == ReceiveOutcome.Message;
    }

    private ReceivedRecord HandOut()
    {
        ushort id = RecordDescriptor.MessageIdOf(ring.Description);
        if (accepted is not null && !accepted.Contains(id))
        {
            PayloadReceiver.RejectUnknown(ring, id, accepted.Protocol);
        }

        return new ReceivedRecord(ring);
    }
}
