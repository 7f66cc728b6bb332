namespace IpMpsc.Sending;

/// <summary>A copy of a message of a generated type. It waits outside the ring and is written when there is room.</summary>
internal readonly struct StoredMessage<T>(in T message) : IPayload, IDisposable where T : struct, IChannelMessage<T>
{
    private readonly T _message = message;

    public static bool MayFail => TypedPayload<T>.MayFail;

    public int Measure() => new TypedPayload<T>(in _message).Measure();

    public ulong Describe(int length) => default(TypedPayload<T>).Describe(length);

    public void Write(Span<byte> payload) => new TypedPayload<T>(in _message).Write(payload);

    public void Dispose()
    {
        // The queue forgets the copy; there is nothing else to give back.
    }
}
