namespace IpMpsc;

/// <summary>A claimed record (placeholder surface for the generator).</summary>
public readonly ref struct Claim<T> where T : struct, IChannelMessage<T>
{
    /// <summary>The payload, in the ring.</summary>
    public Span<byte> Payload => default;
}
