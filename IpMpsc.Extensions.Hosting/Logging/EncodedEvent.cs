namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>A payload that is already encoded, as the sender takes it: it is copied into the ring when its place is claimed.</summary>
internal readonly struct EncodedEvent(LogEventEncoder encoder) : IMessageSizes<LogEvent>
{
    public int PayloadLength => encoder.Payload.Length;

    public void Prepare(Span<byte> payload) => encoder.Payload.CopyTo(payload);
}
