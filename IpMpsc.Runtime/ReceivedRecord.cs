using IpMpsc.Layout;
using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>A message of one of several types in the ring, read in place: of a protocol, or of a channel whose types are unknown here.</summary>
/// <inheritdoc cref="ReceivedMessage{T}" path="/remarks" />
public readonly ref struct ReceivedRecord
{
    private readonly MessageHandle _message;

    internal ReceivedRecord(RingConsumer consumer) => _message = new MessageHandle(consumer);

    /// <summary>The id of the message type; 0 in a channel of raw bytes.</summary>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ushort MessageId => RecordDescriptor.MessageIdOf(_message.Description);

    /// <inheritdoc cref="ReceivedMessage{T}.SchemaVersion" />
    public ushort SchemaVersion => RecordDescriptor.SchemaVersionOf(_message.Description);

    /// <inheritdoc cref="ReceivedMessage{T}.Payload" />
    public ReadOnlySpan<byte> Payload => _message.Payload;

    /// <inheritdoc cref="ReceivedMessage{T}.Position" />
    public long Position => _message.Position;

    /// <inheritdoc cref="ReceivedMessage{T}.Trace" />
    public MessageTrace? Trace => _message.Trace;

    /// <summary>The payload of a message that must be of one type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="InvalidOperationException">The message is of another type.</exception>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ReadOnlySpan<byte> PayloadOf<T>() where T : struct, IChannelMessage<T> => MessageId == T.MessageId
        ? Payload
        : throw new InvalidOperationException(
            $"The message has id {MessageId}; {T.Schema.Name} has id {T.MessageId}. Check its Kind first.");

    /// <inheritdoc cref="ReceivedMessage{T}.Dispose" />
    public void Dispose() => _message.Release();
}
