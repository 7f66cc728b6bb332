namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>A payload that is already encoded, as the sender takes it: it is copied into the ring when its place is claimed.</summary>
internal readonly struct EncodedEvent(LogEventEncoder encoder) : IMessageSizes<LogEvent, EncodedEvent>
{
    private readonly LogEventEncoder _encoder = encoder;

    public static int Measure(in EncodedEvent sizes) => sizes._encoder.Payload.Length;

    public static void Prepare(in EncodedEvent sizes, Span<byte> payload) => sizes._encoder.Payload.CopyTo(payload);
}
