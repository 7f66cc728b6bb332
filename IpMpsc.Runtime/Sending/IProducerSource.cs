using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>Where a send gets its producer from: its own one, or one of a pool.</summary>
internal interface IProducerSource
{
    /// <summary>A producer in use by the caller alone, or null if the limit passed before one was free.</summary>
    RingProducer? Rent(in WaitLimit limit);

    /// <summary>Ends the use.</summary>
    void Return(RingProducer producer);
}
