using IpMpsc.Ring;

namespace IpMpsc.Receiving;

/// <summary>Accepts every message: raw bytes, and records whose types are unknown here.</summary>
internal readonly struct AnyMessage : IMessageCheck
{
    public void Require(RingConsumer consumer)
    {
    }
}
