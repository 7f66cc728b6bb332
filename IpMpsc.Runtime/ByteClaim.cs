using IpMpsc.Ring;
using IpMpsc.Sending;

namespace IpMpsc;

/// <summary>
/// Raw bytes that are claimed in the ring and not sent yet: fill <see cref="Payload"/>, then commit. A format that
/// writes to an <see cref="System.Buffers.IBufferWriter{T}"/> fills the claim through a <see cref="ByteClaimWriter"/>.
/// </summary>
/// <inheritdoc cref="Claim{T}" path="/remarks" />
public readonly ref struct ByteClaim
{
    internal ByteClaim(RingProducer producer, ProducerPool? pool, int length) => Handle = new ClaimHandle(producer, pool, length);

    /// <summary>The claimed bytes in the ring. Until they are written, they hold what was there before.</summary>
    /// <exception cref="InvalidOperationException">The claim has ended.</exception>
    public Span<byte> Payload => Handle.Payload;

    internal ClaimHandle Handle { get; }

    /// <inheritdoc cref="Claim{T}.Commit" />
    public void Commit() => Handle.Commit(0, 0);

    /// <summary>Sends the first <paramref name="length"/> bytes of the claim and gives the rest up; the receiver skips it.</summary>
    /// <param name="length">Payload bytes of the message, from 0 to the length of the claim.</param>
    /// <param name="messageId">Tells the receiver what the message is; any value that the two sides agree on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The claim has fewer bytes. It is still open.</exception>
    /// <exception cref="InvalidOperationException">The claim has ended: a message is sent once.</exception>
    public void Commit(int length, ushort messageId = 0) => Handle.CommitShorter(length, messageId);

    /// <inheritdoc cref="Claim{T}.Abort" />
    public void Abort() => Handle.Abort();

    /// <inheritdoc cref="Claim{T}.Dispose" />
    public void Dispose() => Handle.Dispose();
}
