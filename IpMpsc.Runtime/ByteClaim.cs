using IpMpsc.Ring;
using IpMpsc.Sending;

namespace IpMpsc;

/// <summary>
/// Raw bytes that are claimed in the ring and not sent yet: fill <see cref="Payload"/>, then commit.
/// </summary>
/// <inheritdoc cref="Claim{T}" path="/remarks" />
public readonly ref struct ByteClaim
{
    private readonly ClaimHandle _claim;

    internal ByteClaim(RingProducer producer, ProducerPool pool, int length) => _claim = new ClaimHandle(producer, pool, length);

    /// <summary>The claimed bytes in the ring; they hold whatever was there before.</summary>
    /// <exception cref="InvalidOperationException">The claim has ended.</exception>
    public Span<byte> Payload => _claim.Payload;

    /// <inheritdoc cref="Claim{T}.Commit" />
    public void Commit() => _claim.Commit(0, 0);

    /// <inheritdoc cref="Claim{T}.Abort" />
    public void Abort() => _claim.Abort();

    /// <inheritdoc cref="Claim{T}.Dispose" />
    public void Dispose() => _claim.Dispose();
}
