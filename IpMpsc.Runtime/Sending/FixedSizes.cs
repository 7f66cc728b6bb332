namespace IpMpsc.Sending;

/// <summary>The sizes of a message that is claimed without any: its variable fields, if it has some, are empty.</summary>
internal readonly struct FixedSizes<T> : IMessageSizes<T> where T : struct, IChannelMessage<T>
{
    public int PayloadLength => T.FixedSize;

    public void Prepare(Span<byte> payload) => payload.Clear();
}
