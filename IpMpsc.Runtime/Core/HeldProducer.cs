namespace IpMpsc.Core;

/// <summary>The source of a send by who has rented a producer already and keeps it.</summary>
internal readonly struct HeldProducer(RingProducer producer) : IProducerSource
{
    public RingProducer Rent(in WaitLimit limit) => producer;

    public void Return(RingProducer rented)
    {
        // Whoever holds it returns it.
    }
}
