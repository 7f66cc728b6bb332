namespace IpMpsc.Sending;

/// <summary>The sizes of a message that is claimed without stating any: its variable fields are empty.</summary>
internal readonly struct FixedSizes<T> : IMessageSizes<T> where T : struct, IChannelMessage<T>
{
    public int PayloadLength => T.FixedSize;

    public void Prepare(Span<byte> payload) => payload.Clear();
}
