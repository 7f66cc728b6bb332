using System.Buffers;
using IpMpsc.Layout;
using IpMpsc.Wire;

namespace IpMpsc.Sending;

/// <summary>A complete payload outside the ring, which can wait for room; its memory stays as it is until it is sent.</summary>
internal readonly struct StoredPayload(ReadOnlyMemory<byte> bytes, byte[]? rented = null, ushort messageId = 0, ushort schemaVersion = 0) : IPayload
{
    /// <summary>Memory that its owner takes back too early has no bytes to give.</summary>
    public static bool MayFail => true;

    public int Length => bytes.Length;

    /// <summary>Encodes a message into pooled memory; <see cref="Free"/> gives that back.</summary>
    /// <exception cref="ArgumentException">A field cannot be encoded.</exception>
    public static StoredPayload Encode<T>(in T message, int length) where T : struct, IChannelMessage<T>
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            new TypedPayload<T>(in message).Write(rented.AsSpan(0, length));
            return new StoredPayload(rented.AsMemory(0, length), rented, T.MessageId, T.SchemaVersion);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(rented);
            throw;
        }
    }

    public int Measure() => bytes.Length;

    public ulong Describe(int length) => RecordDescriptor.Describe(length, messageId, schemaVersion);

    public void Write(Span<byte> payload) => LargeCopy.Copy(bytes.Span, payload);

    public void Free()
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
