using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>
/// A message in the ring, read in place. <see cref="Dispose"/> releases it: its bytes then
/// belong to the senders again. The generator adds <c>View</c>, which reads the message's fields.
/// </summary>
/// <remarks>
/// A receiver has one message in hand at a time: release it before the next receive. To keep several messages, or
/// one across an <c>await</c>, hold them: <see cref="HeldMessage{T}"/>. Use the message on the thread that received it. A span taken from <see cref="Payload"/>
/// must not be used after the release: its bytes may be overwritten, and after the receiver was disposed the access ends the process.
/// </remarks>
/// <typeparam name="T">The message type.</typeparam>
public readonly ref struct ReceivedMessage<T> where T : struct, IChannelMessage<T>
{
    private readonly MessageHandle _message;

    internal ReceivedMessage(RingConsumer consumer) => _message = new MessageHandle(consumer);

    /// <summary>The bytes of the message, in the ring. Another process may change them at any time.</summary>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ReadOnlySpan<byte> Payload
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _message.Payload;
    }

    /// <summary>The version of the message type with which its sender was compiled.</summary>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ushort SchemaVersion => RecordDescriptor.SchemaVersionOf(_message.Description);

    /// <summary>The position of the message in bytes since the channel was created. It grows with every message.</summary>
    public long Position => _message.Position;

    /// <summary>
    /// When and as a part of which activity the message was sent; null if its sender does not set <see cref="IpcChannelOptions.TraceMessages"/>. Each call
    /// reads it anew, and allocates two short texts if there is a context.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public MessageTrace? Trace => _message.Trace;

    /// <summary>An owned copy of the message.</summary>
    /// <exception cref="MessageFormatException">The payload is not a valid message of this type.</exception>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public T Read() => T.Read(Payload, SchemaVersion);

    /// <summary>Releases the message; does nothing if it was released before.</summary>
    public void Dispose() => _message.Release();
}
