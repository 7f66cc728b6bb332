using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>A message of raw bytes that stays in the ring while the receiver receives the following ones.</summary>
/// <inheritdoc cref="HeldMessage{T}" path="/remarks" />
public readonly struct HeldBytes : IDisposable, IEquatable<HeldBytes>
{
    private readonly HeldHandle _message;

    internal HeldBytes(RingConsumer consumer) => _message = new HeldHandle(consumer);

    /// <inheritdoc cref="HeldMessage{T}.IsHeld" />
    public bool IsHeld => _message.IsHeld;

    /// <inheritdoc cref="HeldMessage{T}.Position" />
    public long Position => _message.Position;

    /// <inheritdoc cref="ReceivedMessage{T}.Trace" />
    public MessageTrace? Trace => _message.Trace;

    /// <inheritdoc cref="HeldMessage{T}.Payload" />
    public ReadOnlySpan<byte> Payload => _message.Payload;

    /// <inheritdoc cref="HeldMessage{T}.Memory" />
    public ReadOnlyMemory<byte> Memory => _message.Memory;

    /// <inheritdoc cref="HeldMessage{T}.Dispose" />
    public void Dispose() => _message.Release();

    /// <inheritdoc cref="HeldMessage{T}.Equals(HeldMessage{T})" />
    public bool Equals(HeldBytes other) => _message.Equals(other._message);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is HeldBytes other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => _message.GetHashCode();

    /// <inheritdoc cref="HeldMessage{T}.op_Equality" />
    public static bool operator ==(HeldBytes left, HeldBytes right) => left.Equals(right);

    /// <inheritdoc cref="HeldMessage{T}.op_Inequality" />
    public static bool operator !=(HeldBytes left, HeldBytes right) => !left.Equals(right);
}
