using IpMpsc.Core;
using IpMpsc.Layout;

namespace IpMpsc.Participants;

/// <summary>Every way to receive a message of one of several types, once for protocols and for those who take any.</summary>
/// <param name="ring">Where the messages come from.</param>
/// <param name="protocol">The types to take, while others are stepped over with an exception; null takes every type.</param>
internal readonly struct RecordLadder(RingConsumer ring, ProtocolSchema? protocol)
{
    public ReceivedRecord Receive(CancellationToken cancellationToken)
    {
        if (!TryReceive(out ReceivedRecord record, WaitLimit.Forever(cancellationToken)))
        {
            ReceiveWait.ThrowCompleted(ring);
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

        ReceiveWait.EndWithout(ring, outcome);
        record = default;
        return false;
    }

    public bool TryReceive(out ReceivedRecord record, scoped in WaitLimit limit)
    {
        ReceiveOutcome outcome = ReceiveWait.Take(ring, limit);
        record = outcome == ReceiveOutcome.Message ? HandOut() : default;
        return outcome == ReceiveOutcome.Message;
    }

    private ReceivedRecord HandOut()
    {
        ushort id = RecordDescriptor.MessageIdOf(ring.Description);
        if (protocol is not null && !protocol.Contains(id))
        {
            ReceiveWait.RejectUnknown(ring, id, protocol.Name);
        }

        return new ReceivedRecord(ring);
    }
}
