using IpMpsc.Ring;

namespace IpMpsc.Receiving;

/// <summary>Decides whether a receiver may hand out the message that it has taken.</summary>
internal interface IMessageCheck
{
    /// <summary>Returns if the message in hand may be handed out; otherwise steps over it, ends the use and throws.</summary>
    void Require(RingConsumer consumer);
}
