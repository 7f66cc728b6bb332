using IpMpsc.Core;
using IpMpsc.Messages;

namespace IpMpsc.Participants;

/// <summary>Payloads that are complete already and wait for room: raw ones, and a protocol's messages of several types.</summary>
internal sealed class StoredSendQueue<TSource>(TSource source, Attachment attachment) : SendQueue<StoredPayload>(attachment)
    where TSource : IProducerSource
{
    private readonly int _maxPayload = attachment.MaxPayload;

    protected override ClaimOutcome TrySend(RingProducer producer, in StoredPayload payload) =>
        new SendLadder<HeldProducer>(new HeldProducer(producer), _maxPayload).TrySendWaiting(producer, payload);

    protected override RingProducer? RentProducer() => source.Rent(default);

    protected override void ReturnProducer(RingProducer producer) => source.Return(producer);
}
