namespace IpMpsc.Sending;

/// <summary>The sizes of a message that is claimed without stating any: its variable fields are empty.</summary>
internal readonly struct FixedSizes<T> : IMessageSizes<T, FixedSizes<T>> where T : struct, IChannelMessage<T>
{
    public static int Measure(in FixedSizes<T> sizes) => T.FixedSize;

    public static void Prepare(in FixedSizes<T> sizes, Span<byte> payload) => payload.Clear();
}
