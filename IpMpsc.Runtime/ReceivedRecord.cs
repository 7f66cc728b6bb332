using IpMpsc.Layout;
using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>A message of one of several types, still in the ring: that of a protocol, or of a channel whose types are not known here.</summary>
/// <inheritdoc cref="ReceivedMessage{T}" path="/remarks" />
public readonly ref struct ReceivedRecord
{
    private readonly MessageHandle _record;

    internal ReceivedRecord(RingConsumer ring) => _record = new MessageHandle(ring);

    /// <summary>The id of the message type; 0 in a channel of raw bytes.</summary>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ushort MessageId => RecordDescriptor.MessageIdOf(_record.Description);

    /// <inheritdoc cref="ReceivedMessage{T}.SchemaVersion" />
    public ushort SchemaVersion => RecordDescriptor.SchemaVersionOf(_record.Description);

    /// <inheritdoc cref="ReceivedMessage{T}.Payload" />
    public ReadOnlySpan<byte> Payload => _record.Payload;

    /// <inheritdoc cref="ReceivedMessage{T}.Position" />
    public long Position => _record.Position;

    /// <summary>The payload of a message that must be of one type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="InvalidOperationException">The message is of another type.</exception>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ReadOnlySpan<byte> PayloadOf<T>() where T : struct, IChannelMessage<T> => MessageId == T.MessageId
        ? Payload
        : throw new InvalidOperationException(
            $"The message with id {MessageId} is no {T.Schema.Name}, which has id {T.MessageId}. Look at its Kind first.");

    /// <inheritdoc cref="ReceivedMessage{T}.Dispose" />
    public void Dispose() => _record.Release();
}
