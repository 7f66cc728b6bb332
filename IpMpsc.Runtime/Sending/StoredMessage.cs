namespace IpMpsc.Sending;

/// <summary>A message of a generated type outside the ring, which can wait for room: it is written when there is some.</summary>
internal readonly struct StoredMessage<T>(T message) : IPayload where T : struct, IChannelMessage<T>
{
    private readonly T _message = message;

    public static bool MayFail => TypedPayload<T>.MayFail;

    public int Measure() => new TypedPayload<T>(in _message).Measure();

    public ulong Describe(int length) => default(TypedPayload<T>).Describe(length);

    public void Write(Span<byte> payload) => new TypedPayload<T>(in _message).Write(payload);
}
