using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>
/// Every way to send a message of a generated type, once for all public senders: those of one type and
/// those of a protocol, shared and exclusive.
/// </summary>
/// <param name="source">Where a send gets its producer from.</param>
/// <param name="attachment">The channel.</param>
/// <param name="pool">Where a claim returns its producer to; null for the only one of an exclusive sender.</param>
internal readonly struct MessageSender<TSource>(TSource source, Attachment attachment, ProducerPool? pool)
    where TSource : IProducerSource
{
    private readonly PayloadSender<TSource> _ladder = new(source, attachment.MaxPayload);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send<T>(in T message, CancellationToken cancellationToken) where T : struct, IChannelMessage<T>
    {
        if (cancellationToken.IsCancellationRequested
            || _ladder.TrySend(new TypedPayload<T>(in message)) != ClaimOutcome.Claimed)
        {
            SendSlow(in message, cancellationToken);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySend<T>(in T message) where T : struct, IChannelMessage<T>
    {
        ClaimOutcome outcome = _ladder.TrySend(new TypedPayload<T>(in message));
        return outcome == ClaimOutcome.Claimed || IsSent(outcome, in message);
    }

    public bool Send<T>(in T message, bool whenEmpty, in WaitLimit limit) where T : struct, IChannelMessage<T> =>
        IsSent(_ladder.Send(new TypedPayload<T>(in message), whenEmpty, limit), in message);

    /// <summary>Whatever stood in the way of the first attempt, the second one meets it too and says so.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SendSlow<T>(in T message, CancellationToken cancellationToken) where T : struct, IChannelMessage<T> =>
        Send(in message, whenEmpty: false, WaitLimit.Forever(cancellationToken));

    public int SendBatch<T>(ReadOnlySpan<T> messages, in WaitLimit limit) where T : struct, IChannelMessage<T>
    {
        int sent = _ladder.SendBatch(new TypedBatch<T>(messages), limit, out ClaimOutcome outcome);
        if (sent < messages.Length)
        {
            IsSent(outcome, in messages[sent]);
        }

        return sent;
    }

    public bool TryClaim<T, TSizes>(TSizes sizes, scoped in WaitLimit limit, out Claim<T> claim)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T>
    {
        int length = sizes.PayloadLength;
        if ((limit.Cancellation.IsCancellationRequested || !_ladder.TryClaim(length, out RingProducer? producer))
            && !ThrowHelper.IsClaimed(_ladder.Claim(length, whenEmpty: false, limit, out producer), attachment, length))
        {
            claim = default;
            return false;
        }

        claim = new Claim<T>(producer!, pool, length);
        if (typeof(TSizes) == typeof(FixedSizes<T>))
        {
            sizes.Prepare(claim.Payload); // Clears it, which cannot fail.
        }
        else
        {
            PrepareOrAbort(sizes, claim);
        }

        return true;
    }

    private static void PrepareOrAbort<T, TSizes>(TSizes sizes, Claim<T> claim)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T>
    {
        bool prepared = false;
        try
        {
            sizes.Prepare(claim.Payload);
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

    /// <summary>The message outside the ring, to wait for room there.</summary>
    /// <exception cref="MessageTooLargeException">It can never fit.</exception>
    public StoredPayload Encode<T>(in T message) where T : struct, IChannelMessage<T>
    {
        int length = new TypedPayload<T>(in message).Measure();
        if (length > attachment.MaxPayload)
        {
            ThrowHelper.IsClaimed(ClaimOutcome.TooLarge, attachment, length);
        }

        return StoredPayload.Encode(in message, length);
    }

    /// <summary>True if the message was sent, false if there was no room; everything else is an exception.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool IsSent<T>(ClaimOutcome outcome, in T message) where T : struct, IChannelMessage<T> =>
        outcome == ClaimOutcome.Claimed
        || ThrowHelper.IsClaimed(outcome, attachment, new TypedPayload<T>(in message).Measure());
}
