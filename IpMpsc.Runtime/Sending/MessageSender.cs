using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>
/// Every way to send a message of a generated type, once for all public senders: senders of one type and of a
/// protocol, shared and exclusive.
/// </summary>
/// <param name="source">Where a send gets its producer.</param>
/// <param name="attachment">The channel.</param>
/// <param name="pool">Where a claim returns its producer; null for an exclusive sender.</param>
internal readonly struct MessageSender<TSource>(TSource source, Attachment attachment, ProducerPool? pool)
    where TSource : IProducerSource
{
    private readonly PayloadSender<TSource> _payloads = new(source, attachment);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send<T>(in T message, CancellationToken cancellationToken) where T : struct, IChannelMessage<T>
    {
        if (cancellationToken.IsCancellationRequested || !_payloads.TrySend(new TypedPayload<T>(in message)))
        {
            SendSlow(in message, cancellationToken);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySend<T>(in T message) where T : struct, IChannelMessage<T> =>
        _payloads.TrySend(new TypedPayload<T>(in message));

    public bool Send<T>(in T message, bool whenEmpty, in WaitLimit limit) where T : struct, IChannelMessage<T> =>
        _payloads.Send(new TypedPayload<T>(in message), whenEmpty, limit);

    /// <summary>Sends a message now, or leaves a copy of it in the queue.</summary>
    public ValueTask SendAsync<T>(in T message, SendQueue<StoredMessage<T>> queue, CancellationToken cancellationToken)
        where T : struct, IChannelMessage<T>
    {
        try
        {
            return !cancellationToken.IsCancellationRequested && !MustQueue(queue) && TrySend(in message)
                ? default
                : queue.SendAsync(new StoredMessage<T>(in message), cancellationToken);
        }
        catch (Exception failure)
        {
            return SendFault.Task(failure);
        }
    }

    /// <summary>Sends a message now, or leaves it encoded in the queue, which messages of several types share.</summary>
    public ValueTask SendAsync<T>(in T message, SendQueue<StoredPayload> queue, CancellationToken cancellationToken)
        where T : struct, IChannelMessage<T>
    {
        try
        {
            return !cancellationToken.IsCancellationRequested && !MustQueue(queue) && TrySend(in message)
                ? default
                : queue.SendAsync(Encode(in message), cancellationToken);
        }
        catch (Exception failure)
        {
            return SendFault.Task(failure);
        }
    }

    public int SendBatch<T>(ReadOnlySpan<T> messages, in WaitLimit limit) where T : struct, IChannelMessage<T> =>
        _payloads.SendBatch(new TypedBatch<T>(messages), limit);

    /// <summary>Claims a message whose variable fields are empty, as soon as there is room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Claim<T> Claim<T>(CancellationToken cancellationToken) where T : struct, IChannelMessage<T>
    {
        Claim<T> claim = new(_payloads.Claim(T.FixedSize, cancellationToken), pool, T.FixedSize);
        claim.Payload.Clear();
        return claim;
    }

    /// <summary>Claims a message with variable fields of these sizes, as soon as there is room.</summary>
    public Claim<T> Claim<T, TSizes>(TSizes sizes, CancellationToken cancellationToken)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>
    {
        int length = TSizes.Measure(in sizes);
        Claim<T> claim = new(_payloads.Claim(length, cancellationToken), pool, length);
        PrepareOrAbort(sizes, claim);
        return claim;
    }

    public bool TryClaim<T, TSizes>(TSizes sizes, scoped in WaitLimit limit, out Claim<T> claim)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>
    {
        int length = TSizes.Measure(in sizes);
        if (!_payloads.TryClaim(length, limit, out RingProducer? producer))
        {
            claim = default;
            return false;
        }

        claim = new Claim<T>(producer, pool, length);
        if (typeof(TSizes) == typeof(FixedSizes<T>))
        {
            TSizes.Prepare(in sizes, claim.Payload); // It clears the payload, which cannot fail.
        }
        else
        {
            PrepareOrAbort(sizes, claim);
        }

        return true;
    }

    /// <summary>The first attempt failed. The second one meets the same obstacle, waits for it or reports it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SendSlow<T>(in T message, CancellationToken cancellationToken) where T : struct, IChannelMessage<T> =>
        Send(in message, whenEmpty: false, WaitLimit.Forever(cancellationToken));

    /// <summary>
    /// Whether a send must not overtake those in the queue. An exclusive sender is in use while one waits: a second send is a mistake,
    /// which the attempt to send reports.
    /// </summary>
    private bool MustQueue<TStored>(SendQueue<TStored> queue) where TStored : struct, IPayload, IDisposable =>
        pool is not null && queue.IsActive;

    private StoredPayload Encode<T>(in T message) where T : struct, IChannelMessage<T>
    {
        int length = new TypedPayload<T>(in message).Measure();
        if (length > attachment.MaxPayload)
        {
            SendFault.Throw(ClaimOutcome.TooLarge, attachment, length);
        }

        return StoredPayload.Encode(in message, length);
    }

    private static void PrepareOrAbort<T, TSizes>(TSizes sizes, Claim<T> claim)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>
    {
        bool prepared = false;
        try
        {
            TSizes.Prepare(in sizes, claim.Payload);
            prepared = true;
        }
        finally
        {
            if (!prepared)
            {
                claim.Abort();
            }
        }
    }
}
