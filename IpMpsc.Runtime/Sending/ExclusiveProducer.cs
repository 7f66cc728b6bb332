using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>The source of a sender that one thread uses: always the same producer, at no cost.</summary>
internal readonly struct ExclusiveProducer(RingProducer producer) : IProducerSource
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RingProducer? Rent(in WaitLimit limit)
    {
        producer.Enter();
        return producer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(RingProducer rented) => rented.Exit();
}
