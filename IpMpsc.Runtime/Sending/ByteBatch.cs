using IpMpsc.Layout;
using IpMpsc.Wire;

namespace IpMpsc.Sending;

/// <summary>Several messages of raw bytes, on their way into the ring.</summary>
internal readonly ref struct ByteBatch(ReadOnlySpan<ReadOnlyMemory<byte>> messages) : IPayloadBatch
{
    private readonly ReadOnlySpan<ReadOnlyMemory<byte>> _messages = messages;

    public static bool MayFail => true;

    public int Count => _messages.Length;

    public int Measure(int index) => _messages[index].Length;

    public ulong Describe(int index, int length) => RecordDescriptor.Describe(length, 0, 0);

    public void Write(int index, Span<byte> payload) => LargeCopy.Copy(_messages[index].Span, payload);
}
