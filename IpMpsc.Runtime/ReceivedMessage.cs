namespace IpMpsc;

/// <summary>A message that is still in the ring (placeholder surface for the generator).</summary>
public readonly ref struct ReceivedMessage<T> where T : struct, IChannelMessage<T>
{
    /// <summary>The payload, in the ring.</summary>
    public ReadOnlySpan<byte> Payload => default;

    /// <summary>Version of the sender's message type.</summary>
    public ushort SchemaVersion => 1;
}
