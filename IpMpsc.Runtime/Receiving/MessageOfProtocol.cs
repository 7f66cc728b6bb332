using IpMpsc.Layout;
using IpMpsc.Ring;

namespace IpMpsc.Receiving;

/// <summary>Accepts the message types of a protocol.</summary>
/// <param name="protocol">Full name of the protocol class, for errors.</param>
/// <param name="ids">Ids of its messages.</param>
internal readonly struct MessageOfProtocol(string protocol, ushort[] ids) : IMessageCheck
{
    public void Require(RingConsumer consumer)
    {
        ushort id = RecordDescriptor.MessageIdOf(consumer.Description);
        if (!ids.AsSpan().Contains(id))
        {
            ThrowHelper.RejectUnknown(consumer, id, protocol);
        }
    }
}
