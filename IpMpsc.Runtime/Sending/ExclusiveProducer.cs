using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>The source of an exclusive sender: always the same producer, at no cost.</summary>
internal readonly struct ExclusiveProducer(RingProducer producer) : IProducerSource
{
    public RingProducer First => producer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RingProducer TryRent()
    {
        producer.Enter();
        return producer;
    }

    public RingProducer Rent(in WaitLimit limit) => TryRent();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(RingProducer rented) => rented.Exit();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReturnReserved(RingProducer first) => first.ExitReserved();
}
