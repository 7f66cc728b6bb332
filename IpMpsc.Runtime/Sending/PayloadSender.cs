using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>
/// Every way to send, once for all kinds of senders and payloads. Each call rents a producer, claims,
/// writes and commits; a payload that cannot be written aborts its claim and leaves the sender usable.
/// </summary>
internal readonly struct PayloadSender<TSource>(TSource source, int maxPayload) where TSource : IProducerSource
{
    /// <summary>Sends now or not at all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimOutcome TrySend<TPayload>(TPayload payload) where TPayload : struct, IPayload, allows ref struct
    {
        int length = payload.Measure();
        if (length > maxPayload)
        {
            return ClaimOutcome.TooLarge;
        }

        if (source.Rent(default) is not { } producer)
        {
            return ClaimOutcome.Full;
        }

        // What is usual ends here. The rest is one call, so that nothing of it lives in the registers of this.
        if (TPayload.MayFail || !producer.TryClaimNow(RecordDescriptor.RecordSize(length), out long position))
        {
            return TrySendSlow(producer, payload, length);
        }

        payload.Write(producer.Payload(position, length));
        producer.CommitAt(position, payload.Describe(length));
        source.Return(producer);
        return ClaimOutcome.Claimed;
    }

    /// <summary>One attempt of a wait: as <see cref="TrySend"/>, but what is refused keeps its turn.</summary>
    public ClaimOutcome TrySendWaiting<TPayload>(RingProducer producer, TPayload payload)
        where TPayload : struct, IPayload, allows ref struct
    {
        int length = payload.Measure();
        return length > maxPayload ? ClaimOutcome.TooLarge : TryClaimAndCommit(producer, payload, length);
    }

    /// <summary>Sends as soon as there is room, or as soon as the ring is empty.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public ClaimOutcome Send<TPayload>(TPayload payload, bool whenEmpty, in WaitLimit limit)
        where TPayload : struct, IPayload, allows ref struct
    {
        int length = payload.Measure();
        ClaimOutcome outcome = Claim(length, whenEmpty, limit, out RingProducer? producer);
        if (outcome == ClaimOutcome.Claimed)
        {
            WriteAndCommit(producer!, payload, length);
            source.Return(producer!);
        }

        return outcome;
    }

    /// <summary>Claims a record without a payload yet; the producer stays rented until it is returned.</summary>
    public ClaimOutcome Claim(int length, bool whenEmpty, in WaitLimit limit, out RingProducer? producer)
    {
        producer = null;
        limit.Cancellation.ThrowIfCancellationRequested();
        if (length > maxPayload)
        {
            return ClaimOutcome.TooLarge;
        }

        RingProducer? rented = source.Rent(limit);
        if (rented is null)
        {
            return ClaimOutcome.Full;
        }

        try
        {
            long size = RecordDescriptor.RecordSize(length);
            ClaimOutcome outcome = whenEmpty ? rented.ClaimWhenEmpty(size, limit) : rented.Claim(size, limit);
            if (outcome == ClaimOutcome.Claimed)
            {
                producer = rented;
            }

            return outcome;
        }
        finally
        {
            if (producer is null)
            {
                source.Return(rented);
            }
        }
    }

    /// <summary>
    /// Sends messages in order, as many with one claim as there is contiguous room for. Returns how
    /// many were sent: all of them, unless the outcome says why not.
    /// </summary>
    /// <param name="batch">The messages.</param>
    /// <param name="limit">How long to wait for room for each further claim.</param>
    /// <param name="outcome">Why fewer messages than the batch has were sent.</param>
    public int SendBatch<TBatch>(TBatch batch, in WaitLimit limit, out ClaimOutcome outcome)
        where TBatch : struct, IPayloadBatch, allows ref struct
    {
        limit.Cancellation.ThrowIfCancellationRequested();
        int sent = 0;
        outcome = ClaimOutcome.Claimed;
        while (sent < batch.Count)
        {
            if (source.Rent(limit) is not { } producer)
            {
                outcome = ClaimOutcome.Full;
                break;
            }

            try
            {
                int count = Fit(batch, sent, producer.ContiguousRoom(), out long size);
                if (size > maxPayload + RecordDescriptor.HeaderSize)
                {
                    outcome = ClaimOutcome.TooLarge;
                    break;
                }

                outcome = producer.Claim(size, limit);
                if (outcome != ClaimOutcome.Claimed)
                {
                    break;
                }

                WriteBatch(producer, batch, ref sent, count);
            }
            finally
            {
                source.Return(producer);
            }
        }

        return sent;
    }

    /// <summary>Claims a record now or not at all; the producer stays rented until it is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryClaim(int length, out RingProducer? producer)
    {
        producer = length <= maxPayload ? source.Rent(default) : null;
        if (producer is null || producer.TryClaim(RecordDescriptor.RecordSize(length)) == ClaimOutcome.Claimed)
        {
            return producer is not null;
        }

        producer.GiveUp();
        source.Return(producer);
        return false;
    }

    /// <summary>Ends the use of a producer that <see cref="Claim"/> gave out.</summary>
    public void Return(RingProducer producer) => source.Return(producer);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClaimOutcome TrySendSlow<TPayload>(RingProducer producer, TPayload payload, int length)
        where TPayload : struct, IPayload, allows ref struct
    {
        ClaimOutcome outcome = TryClaimAndCommit(producer, payload, length);
        if (outcome != ClaimOutcome.Claimed)
        {
            producer.GiveUp();
        }

        source.Return(producer);
        return outcome;
    }

    private ClaimOutcome TryClaimAndCommit<TPayload>(RingProducer producer, TPayload payload, int length)
        where TPayload : struct, IPayload, allows ref struct
    {
        ClaimOutcome outcome = producer.TryClaim(RecordDescriptor.RecordSize(length));
        if (outcome == ClaimOutcome.Claimed)
        {
            WriteAndCommit(producer, payload, length);
        }

        return outcome;
    }

    private void WriteAndCommit<TPayload>(RingProducer producer, TPayload payload, int length)
        where TPayload : struct, IPayload, allows ref struct
    {
        if (TPayload.MayFail)
        {
            WriteOrAbort(producer, payload, producer.ClaimPosition, length);
        }
        else
        {
            payload.Write(producer.Payload(producer.ClaimPosition, length));
        }

        producer.Commit(payload.Describe(length));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteOrAbort<TPayload>(RingProducer producer, TPayload payload, long position, int length)
        where TPayload : struct, IPayload, allows ref struct
    {
        bool written = false;
        try
        {
            payload.Write(producer.Payload(position, length));
            written = true;
        }
        finally
        {
            if (!written)
            {
                producer.Abort(position);
                source.Return(producer);
            }
        }
    }

    /// <summary>How many messages from <paramref name="first"/> on fit the room; at least one, whatever its size.</summary>
    private static int Fit<TBatch>(TBatch batch, int first, long room, out long size)
        where TBatch : struct, IPayloadBatch, allows ref struct
    {
        size = RecordDescriptor.RecordSize(batch.Measure(first));
        int next = first + 1;
        while (next < batch.Count
            && size + RecordDescriptor.RecordSize(batch.Measure(next)) is var larger
            && larger <= room)
        {
            size = larger;
            next++;
        }

        return next - first;
    }

    private static void WriteBatch<TBatch>(RingProducer producer, TBatch batch, ref int sent, int count)
        where TBatch : struct, IPayloadBatch, allows ref struct
    {
        long position = producer.ClaimPosition;
        try
        {
            for (int end = sent + count; sent < end; sent++)
            {
                // Measured again: what was measured for the claim may be changed by another thread of the caller.
                int length = batch.Measure(sent);
                if (!producer.IsWithinClaim(position, length))
                {
                    ThrowChanged(sent, length);
                }

                batch.Write(sent, producer.Payload(position, length));
                CrashPoint.Before("batch.stamp");
                position = producer.StampMessage(position, batch.Describe(length));
            }
        }
        finally
        {
            // Nothing is left to abort, unless a message could not be written.
            producer.EndBatch(position);
        }
    }

    [DoesNotReturn]
    private static void ThrowChanged(int index, int length) => throw new InvalidOperationException(
        $"Message {index:N0} of the batch was changed while it was sent: its {length:N0} bytes do not fit what was claimed for it. " +
        "The messages before it were sent, it and those behind it were not.");
}
