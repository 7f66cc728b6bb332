using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>Every way to send raw bytes, once for shared and exclusive senders; <see cref="MessageSender{TSource}"/> without a type.</summary>
/// <param name="source">Where a send gets its producer.</param>
/// <param name="attachment">The channel.</param>
/// <param name="pool">Where a claim returns its producer; null for an exclusive sender.</param>
internal readonly struct ByteMessageSender<TSource>(TSource source, Attachment attachment, ProducerPool? pool)
    where TSource : IProducerSource
{
    private readonly PayloadSender<TSource> _payloads = new(source, attachment);

    public void Send(ushort messageId, ReadOnlySpan<byte> message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested || !TrySend(messageId, message))
        {
            Send(messageId, message, whenEmpty: false, WaitLimit.Forever(cancellationToken));
        }
    }

    public bool TrySend(ushort messageId, ReadOnlySpan<byte> message) =>
        _payloads.TrySend(new RecordPayload(messageId, 0, message));

    public bool Send(ushort messageId, ReadOnlySpan<byte> message, bool whenEmpty, in WaitLimit limit) =>
        _payloads.Send(new RecordPayload(messageId, 0, message), whenEmpty, limit);

    /// <summary>Sends a message now, or leaves it in the queue, which does not copy it.</summary>
    public ValueTask SendAsync(
        ushort messageId, ReadOnlyMemory<byte> message, SendQueue<StoredPayload> queue, CancellationToken cancellationToken)
    {
        try
        {
            // As in MessageSender: a second send of an exclusive sender is a mistake, which the attempt reports.
            bool mustQueue = pool is not null && queue.IsActive;
            return !cancellationToken.IsCancellationRequested && !mustQueue && TrySend(messageId, message.Span)
                ? default
                : queue.SendAsync(new StoredPayload(message, messageId: messageId), cancellationToken);
        }
        catch (Exception failure)
        {
            return SendFault.Task(failure);
        }
    }

    public int SendBatch(ReadOnlySpan<ReadOnlyMemory<byte>> messages, in WaitLimit limit) =>
        _payloads.SendBatch(new ByteBatch(messages), limit);

    public ByteClaim Claim(int length, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new ByteClaim(_payloads.Claim(length, cancellationToken), pool, length);
    }

    public bool TryClaim(int length, scoped in WaitLimit limit, out ByteClaim claim)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        bool claimed = _payloads.TryClaim(length, limit, out RingProducer? producer);
        claim = claimed ? new ByteClaim(producer!, pool, length) : default;
        return claimed;
    }
}
