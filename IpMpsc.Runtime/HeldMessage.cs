using IpMpsc.Layout;
using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>
/// A message that stays in the ring while the receiver receives the following ones. Unlike <see cref="ReceivedMessage{T}"/> it can be
/// stored, used across an <c>await</c> and disposed on another thread. The generator adds <c>View</c>, which reads the message's fields.
/// </summary>
/// <remarks>
/// <para>
/// Any number of messages can be held, and they can be released in any order. The room of a message goes back to the senders
/// when it and all messages before it are released. Until then the ring fills up, and senders wait.
/// </para>
/// <para>
/// If the receiver's process dies, the next receiver receives all messages from the first one on that was not released. A receiver that is disposed leaves
/// the channel only after its last held message is released.
/// </para>
/// <para>
/// All members are safe to call from any thread. Copies of this struct stand for the same message: the first <see cref="Dispose"/>
/// releases it, further ones do nothing, and every other member that reads the message throws after that. A span or view taken before
/// the release must not be used after it: its bytes may be overwritten, and if the receiver is disposed, too, the access ends the
/// process. <see cref="Memory"/> throws instead.
/// </para>
/// </remarks>
/// <typeparam name="T">The message type.</typeparam>
public readonly struct HeldMessage<T> : IDisposable, IEquatable<HeldMessage<T>> where T : struct, IChannelMessage<T>
{
    private readonly HeldHandle _message;

    internal HeldMessage(RingConsumer consumer) => _message = new HeldHandle(consumer);

    /// <summary>Whether the message was not released yet.</summary>
    public bool IsHeld => _message.IsHeld;

    /// <summary>The position of the message in bytes since the channel was created. It grows with every message.</summary>
    public long Position => _message.Position;

    /// <inheritdoc cref="ReceivedMessage{T}.Trace" />
    public MessageTrace? Trace => _message.Trace;

    /// <summary>The version of the message type with which its sender was compiled.</summary>
    public ushort SchemaVersion => RecordDescriptor.SchemaVersionOf(_message.Description);

    /// <summary>The bytes of the message, in the ring. Another process may change them at any time.</summary>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ReadOnlySpan<byte> Payload => _message.Payload;

    /// <summary>
    /// The bytes of the message, in the ring, for methods that take memory. Allocates a small object. After the release, every access to
    /// the memory's span throws <see cref="ObjectDisposedException"/>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public ReadOnlyMemory<byte> Memory => _message.Memory;

    /// <summary>An owned copy of the message.</summary>
    /// <exception cref="MessageFormatException">The payload is not a valid message of this type.</exception>
    /// <exception cref="ObjectDisposedException">The message was released.</exception>
    public T Read() => T.Read(Payload, SchemaVersion);

    /// <summary>Releases the message. Does nothing if it was released before.</summary>
    public void Dispose() => _message.Release();

    /// <summary>Whether both stand for the same message.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(HeldMessage<T> other) => _message.Equals(other._message);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is HeldMessage<T> other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _message.GetHashCode();

    /// <summary>Whether both stand for the same message.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(HeldMessage<T> left, HeldMessage<T> right) => left.Equals(right);

    /// <summary>Whether the two stand for different messages.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(HeldMessage<T> left, HeldMessage<T> right) => !left.Equals(right);
}
