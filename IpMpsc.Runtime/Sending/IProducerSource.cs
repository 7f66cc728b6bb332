using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>Where a send gets its producer: an exclusive sender has one, a shared sender has a pool.</summary>
internal interface IProducerSource
{
    /// <summary>The producer that a thread gets as long as no other one sends.</summary>
    RingProducer First { get; }

    /// <summary>Rents a producer without waiting for one; null if none is free.</summary>
    RingProducer? TryRent();

    /// <summary>Rents a producer, which nobody else uses until it is returned; null if the limit passed first.</summary>
    RingProducer? Rent(in WaitLimit limit);

    /// <summary>Returns a rented producer.</summary>
    void Return(RingProducer producer);

    /// <summary>Returns <see cref="First"/>, if the call has entered it as reserved for this thread.</summary>
    void ReturnReserved(RingProducer first);
}
