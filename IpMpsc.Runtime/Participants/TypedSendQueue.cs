using IpMpsc.Core;
using IpMpsc.Messages;

namespace IpMpsc.Participants;

/// <summary>Messages of a generated type that wait for room.</summary>
internal sealed class TypedSendQueue<TSource, T>(TSource source, Attachment attachment) : SendQueue<T>(attachment)
    where TSource : IProducerSource
    where T : struct, IChannelMessage<T>
{
    private readonly int _maxPayload = attachment.MaxPayload;

    protected override ClaimOutcome TrySend(RingProducer producer, in T message) =>
        new SendLadder<HeldProducer>(new HeldProducer(producer), _maxPayload)
            .TrySendWaiting(producer, new TypedPayload<T>(in message));

    protected override RingProducer? RentProducer() => source.Rent(default);

    protected override void ReturnProducer(RingProducer producer) => source.Return(producer);
}
