using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Ring;

namespace IpMpsc.Receiving;

/// <summary>Accepts the one message type of a typed channel. Any other id was written by another program.</summary>
internal readonly struct MessageOfType<T> : IMessageCheck where T : struct, IChannelMessage<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Require(RingConsumer consumer)
    {
        if (RecordDescriptor.MessageIdOf(consumer.Description) != T.MessageId)
        {
            ThrowHelper.RejectMessage(consumer, T.Schema.Name);
        }
    }
}
