namespace IpMpsc.Sending;

/// <summary>Several messages of one generated type, on their way into the ring.</summary>
internal readonly ref struct TypedBatch<T>(ReadOnlySpan<T> messages) : IPayloadBatch where T : struct, IChannelMessage<T>
{
    private readonly ReadOnlySpan<T> _messages = messages;

    public static bool MayFail => TypedPayload<T>.MayFail;

    public int Count => _messages.Length;

    public int Measure(int index) => new TypedPayload<T>(in _messages[index]).Measure();

    public ulong Describe(int index, int length) => default(TypedPayload<T>).Describe(length);

    public void Write(int index, Span<byte> payload) => new TypedPayload<T>(in _messages[index]).Write(payload);
}
