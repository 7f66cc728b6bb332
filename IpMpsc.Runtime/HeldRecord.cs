using IpMpsc.Layout;
using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>
/// A message of one of several types that stays in the ring while the receiver receives the following ones: of a protocol, or of a
/// channel whose types are unknown here.
/// </summary>
/// <inheritdoc cref="HeldMessage{T}" path="/remarks" />
public readonly struct HeldRecord : IDisposable, IEquatable<HeldRecord>
{
    private readonly HeldHandle _message;

    internal HeldRecord(RingConsumer consumer) => _message = new HeldHandle(consumer);

    /// <inheritdoc cref="HeldMessage{T}.IsHeld" />
    public bool IsHeld => _message.IsHeld;

    /// <inheritdoc cref="HeldMessage{T}.Position" />
    public long Position => _message.Position;

    /// <inheritdoc cref="ReceivedMessage{T}.Trace" />
    public MessageTrace? Trace => _message.Trace;

    /// <summary>The id of the message type; 0 in a channel of raw bytes.</summary>
    public ushort MessageId => RecordDescriptor.MessageIdOf(_message.Description);

    /// <inheritdoc cref="HeldMessage{T}.SchemaVersion" />
    public ushort SchemaVersion => RecordDescriptor.SchemaVersionOf(_message.Description);

    /// <inheritdoc cref="HeldMessage{T}.Payload" />
    public ReadOnlySpan<byte> Payload => _message.Payload;

    /// <inheritdoc cref="HeldMessage{T}.Memory" />
    public ReadOnlyMemory<byte> Memory => _message.Memory;

    /// <inheritdoc cref="ReceivedRecord.PayloadOf{T}" />
    public ReadOnlySpan<byte> PayloadOf<T>() where T : struct, IChannelMessage<T> => MessageId == T.MessageId
        ? Payload
        : throw new InvalidOperationException(
            $"The message has id {MessageId}; {T.Schema.Name} has id {T.MessageId}. Check its Kind first.");

    /// <inheritdoc cref="HeldMessage{T}.Dispose" />
    public void Dispose() => _message.Release();

    /// <inheritdoc cref="HeldMessage{T}.Equals(HeldMessage{T})" />
    public bool Equals(HeldRecord other) => _message.Equals(other._message);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is HeldRecord other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _message.GetHashCode();

    /// <inheritdoc cref="HeldMessage{T}.op_Equality" />
    public static bool operator ==(HeldRecord left, HeldRecord right) => left.Equals(right);

    /// <inheritdoc cref="HeldMessage{T}.op_Inequality" />
    public static bool operator !=(HeldRecord left, HeldRecord right) => !left.Equals(right);
}
