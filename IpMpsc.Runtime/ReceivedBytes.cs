using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <summary>
/// Raw bytes that are still in the ring, to be read in place. Dispose releases them to the senders.
/// </summary>
/// <inheritdoc cref="ReceivedMessage{T}" path="/remarks" />
public readonly ref struct ReceivedBytes
{
    private readonly MessageHandle _record;

    internal ReceivedBytes(RingConsumer ring) => _record = new MessageHandle(ring);

    /// <inheritdoc cref="ReceivedMessage{T}.Payload" />
    public ReadOnlySpan<byte> Payload => _record.Payload;

    /// <inheritdoc cref="ReceivedMessage{T}.Position" />
    public long Position => _record.Position;

    /// <inheritdoc cref="ReceivedMessage{T}.Dispose" />
    public void Dispose() => _record.Release();
}
