using System.Buffers;
using IpMpsc.Layout;
using IpMpsc.Wire;

namespace IpMpsc.Sending;

/// <summary>A complete payload that waits outside the ring for room.</summary>
/// <param name="bytes">The payload. It must not change until it is sent.</param>
/// <param name="rented">The pooled array that holds the payload; null if the caller owns the memory.</param>
/// <param name="messageId">The message id of the record.</param>
/// <param name="schemaVersion">The schema version of the record.</param>
internal readonly struct StoredPayload(
    ReadOnlyMemory<byte> bytes, byte[]? rented = null, ushort messageId = 0, ushort schemaVersion = 0) : IPayload, IDisposable
{
    /// <summary>Reading memory that its owner has disposed too early throws.</summary>
    public static bool MayFail => true;

    /// <summary>Encodes a message into pooled memory, which <see cref="Dispose"/> gives back.</summary>
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

    public void Dispose()
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
