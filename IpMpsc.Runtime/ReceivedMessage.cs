using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>
/// A message that is still in the ring, to be read in place. Dispose releases it: its bytes then
/// belong to the senders again. The generator adds <c>View</c>, the message's fields.
/// </summary>
/// <remarks>
/// One message is in hand at a time; the next receive needs this one released. For the thread that
/// received it.
/// </remarks>
/// <typeparam name="T">The message type.</typeparam>
public readonly ref struct ReceivedMessage<T> where T : struct, IChannelMessage<T>
{
    private readonly MessageHandle _record;

    internal ReceivedMessage(RingConsumer ring) => _record = new MessageHandle(ring);

    /// <summary>The bytes of the message, in the ring. Another process may change them at any time.</summary>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ReadOnlySpan<byte> Payload
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _record.Payload;
    }

    /// <summary>The version of the message type with which its sender was compiled.</summary>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ushort SchemaVersion => RecordDescriptor.SchemaVersionOf(_record.Description);

    /// <summary>Where the message stands: bytes since the channel was created. It grows with every message.</summary>
    public long Position => _record.Position;

    /// <summary>An owned copy of the message.</summary>
    /// <exception cref="MessageFormatException">The payload cannot be a message of this type.</exception>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public T Read() => T.Read(Payload, SchemaVersion);

    /// <summary>Releases the message; does nothing if it was released before.</summary>
    public void Dispose() => _record.Release();
}
