using IpMpsc.Core;

namespace IpMpsc;

/// <summary>Raw payloads that wait for room; they belong to their senders and must stay as they are until sent.</summary>
internal sealed class ByteSendQueue(ProducerPool source) : SendQueue<ReadOnlyMemory<byte>>(source.Attachment)
{
    private readonly int _maxPayload = source.Attachment.MaxPayload;

    protected override ClaimOutcome TrySend(RingProducer producer, in ReadOnlyMemory<byte> message) =>
        new SendLadder<HeldProducer>(new HeldProducer(producer), _maxPayload)
            .TrySendWaiting(producer, new BytePayload(message.Span));

    protected override RingProducer? RentProducer() => source.Rent(default);

    protected override void ReturnProducer(RingProducer producer) => source.Return(producer);
}
