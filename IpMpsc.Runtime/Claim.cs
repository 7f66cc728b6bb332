using IpMpsc.Ring;
using IpMpsc.Sending;

namespace IpMpsc;

/// <summary>
/// A message that is claimed in the ring and not sent yet: fill it in place, then commit it. The
/// generator adds <c>Writer</c>, the message's fields.
/// </summary>
/// <remarks>
/// Messages behind the claim wait for it, so commit soon. Disposing a claim that was not committed
/// aborts it: after an exception half a message is never sent. For the thread that made it.
/// </remarks>
/// <typeparam name="T">The message type.</typeparam>
public readonly ref struct Claim<T> where T : struct, IChannelMessage<T>
{
    private readonly ClaimHandle _claim;

    internal Claim(RingProducer producer, ProducerPool? pool, int length) => _claim = new ClaimHandle(producer, pool, length);

    /// <summary>The bytes of the message in the ring.</summary>
    /// <exception cref="InvalidOperationException">The claim has ended.</exception>
    public Span<byte> Payload => _claim.Payload;

    /// <summary>Sends the message.</summary>
    /// <exception cref="InvalidOperationException">The claim has ended: a message is sent once.</exception>
    public void Commit() => _claim.Commit(T.MessageId, T.SchemaVersion);

    /// <summary>Gives the claim up; the receiver steps over it.</summary>
    /// <exception cref="InvalidOperationException">The claim has ended.</exception>
    public void Abort() => _claim.Abort();

    /// <summary>Aborts the claim unless it was committed or aborted.</summary>
    public void Dispose() => _claim.Dispose();
}
