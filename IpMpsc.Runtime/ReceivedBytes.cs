using IpMpsc.Layout;
using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>
/// A message of raw bytes in the ring, read in place. <see cref="Dispose"/> releases it to the senders.
/// </summary>
/// <inheritdoc cref="ReceivedMessage{T}" path="/remarks" />
public readonly ref struct ReceivedBytes
{
    private readonly MessageHandle _message;

    internal ReceivedBytes(RingConsumer consumer) => _message = new MessageHandle(consumer);

    /// <inheritdoc cref="ReceivedMessage{T}.Payload" />
    public ReadOnlySpan<byte> Payload => _message.Payload;

    /// <summary>The id that the sender gave the message; 0 if it gave none.</summary>
    /// <inheritdoc cref="ReceivedMessage{T}.Payload" path="/exception" />
    public ushort MessageId => RecordDescriptor.MessageIdOf(_message.Description);

    /// <inheritdoc cref="ReceivedMessage{T}.Position" />
    public long Position => _message.Position;

    /// <inheritdoc cref="ReceivedMessage{T}.Trace" />
    public MessageTrace? Trace => _message.Trace;

    /// <inheritdoc cref="ReceivedMessage{T}.Dispose" />
    public void Dispose() => _message.Release();
}
