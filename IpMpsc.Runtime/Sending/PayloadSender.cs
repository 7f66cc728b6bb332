using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>
/// Every way to send, once for all kinds of senders and payloads. Each call rents a producer, claims, writes,
/// commits and returns the producer. If a payload cannot be written, its claim is aborted and the sender stays usable.
/// </summary>
/// <remarks>Sent is true, a full ring is false, and every other outcome becomes an exception here, once.</remarks>
/// <param name="source">Where a call gets its producer.</param>
/// <param name="attachment">The channel.</param>
internal readonly struct PayloadSender<TSource>(TSource source, Attachment attachment) where TSource : IProducerSource
{
    private readonly int _maxPayload = attachment.MaxPayload;

    /// <summary>Sends now; false if the ring is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySend<TPayload>(TPayload payload) where TPayload : struct, IPayload, allows ref struct
    {
        int length = payload.Measure();
        if (length > _maxPayload)
        {
            SendFault.Throw(ClaimOutcome.TooLarge, attachment, length);
        }

        // The usual case ends here. The rest is one call, so that nothing of it occupies registers of this method.
        RingProducer producer = source.First;
        if (TPayload.MayFail || !producer.TryEnterReserved())
        {
            return TrySendSlow(rented: null, payload, length);
        }

        if (!producer.TryClaimNow(RecordDescriptor.RecordSize(length), out long position))
        {
            return TrySendSlow(producer, payload, length);
        }

        payload.Write(producer.Payload(position, length));
        producer.CommitAt(position, payload.Describe(length));
        source.ReturnReserved(producer);
        return true;
    }

    /// <summary>
    /// Sends as soon as there is room, or as soon as the ring is empty; false if the limit passed first. A sender that drops the newest message does so instead
    /// of a wait for room without a limit, and has then sent it as far as the caller is concerned.
    /// </summary>
    /// <param name="payload">What to send.</param>
    /// <param name="whenEmpty">Whether to wait until nothing is in the ring.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="trace">The trace of a message that comes from elsewhere; null for the current one.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Send<TPayload>(TPayload payload, bool whenEmpty, in WaitLimit limit, in MessageTrace? trace = null)
        where TPayload : struct, IPayload, allows ref struct
    {
        int length = payload.Measure();
        bool mayDrop = !whenEmpty && MayDrop(limit);
        if (!Claim(length, whenEmpty, mayDrop, limit, out RingProducer? producer))
        {
            return mayDrop;
        }

        try
        {
            payload.Write(producer.Payload(producer.ClaimPosition, length));
            ulong description = payload.Describe(length);
            if (trace is { } given)
            {
                producer.Commit(description, given.SentTimestamp, given.Context);
            }
            else
            {
                producer.Commit(description);
            }
        }
        finally
        {
            EndUse(producer);
        }

        return true;
    }

    /// <summary>Claims a record as soon as there is room. The caller fills it in place; the producer stays rented until the claim has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RingProducer Claim(int length, CancellationToken cancellation) =>
        (cancellation.IsCancellationRequested ? null : TryClaimNow(length)) ?? AwaitClaim(length, cancellation);

    /// <summary>As <see cref="Claim(int, CancellationToken)"/>, within a limit.</summary>
    /// <returns>False if the limit passed first.</returns>
    public bool TryClaim(int length, in WaitLimit limit, [NotNullWhen(true)] out RingProducer? producer)
    {
        producer = limit.Cancellation.IsCancellationRequested ? null : TryClaimNow(length);
        return producer is not null || Claim(length, whenEmpty: false, mayDrop: false, limit, out producer);
    }

    /// <summary>
    /// Sends messages in order, as many with one claim as there is contiguous room for. Returns how many were sent: all of
    /// them, unless the limit passed first.
    /// </summary>
    /// <param name="batch">The messages.</param>
    /// <param name="limit">How long to wait for room for each further claim.</param>
    public int SendBatch<TBatch>(TBatch batch, in WaitLimit limit) where TBatch : struct, IPayloadBatch, allows ref struct
    {
        limit.Cancellation.ThrowIfCancellationRequested();
        int sent = 0;
        try
        {
            while (sent < batch.Count && source.Rent(limit) is { } producer)
            {
                try
                {
                    if (!SendPart(producer, batch, ref sent, limit))
                    {
                        break;
                    }
                }
                finally
                {
                    source.Return(producer);
                }
            }
        }
        catch (Exception failure) when (sent > 0)
        {
            throw SendFault.OfRest(failure, sent, batch.Count, attachment);
        }

        return sent;
    }

    /// <summary>One attempt of a queue, which has rented the producer. A refused attempt keeps its place in the order of claims.</summary>
    public static ClaimOutcome TrySendWith<TPayload>(RingProducer producer, TPayload payload, int length)
        where TPayload : struct, IPayload, allows ref struct
    {
        ClaimOutcome outcome = producer.TryClaim(producer.SizeOf(length));
        if (outcome == ClaimOutcome.Claimed)
        {
            try
            {
                WriteAndCommit(producer, payload, length);
            }
            finally
            {
                AbortIfOpen(producer);
            }
        }

        return outcome;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TrySendSlow<TPayload>(RingProducer? rented, TPayload payload, int length)
        where TPayload : struct, IPayload, allows ref struct
    {
        if ((rented ?? source.TryRent()) is not { } producer)
        {
            return false;
        }

        ClaimOutcome outcome;
        try
        {
            outcome = producer.TryClaim(producer.SizeOf(length));
            if (outcome == ClaimOutcome.Claimed)
            {
                WriteAndCommit(producer, payload, length);
            }
            else
            {
                producer.GiveUp();
            }
        }
        finally
        {
            EndUse(producer);
        }

        return IsClaimed(outcome, length);
    }

    /// <summary>Claims if there is room now and the first producer is reserved for this thread; otherwise null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private RingProducer? TryClaimNow(int length)
    {
        RingProducer producer = source.First;
        if (length > _maxPayload || !producer.TryEnterReserved())
        {
            return null;
        }

        return producer.TryClaimNow(RecordDescriptor.RecordSize(length)) ? producer : TryClaimSlow(producer, length);
    }

    /// <summary>
    /// Ends an attempt: a claim that was lost to another sender is withdrawn before the producer is returned, whatever the caller does next.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RingProducer? TryClaimSlow(RingProducer producer, int length)
    {
        if (producer.TryClaim(producer.SizeOf(length)) == ClaimOutcome.Claimed)
        {
            return producer;
        }

        producer.GiveUp();
        source.Return(producer);
        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RingProducer AwaitClaim(int length, CancellationToken cancellation)
    {
        Claim(length, whenEmpty: false, mayDrop: false, WaitLimit.Forever(cancellation), out RingProducer? producer);
        return producer!; // Without a limit there is a claim, or an exception.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteAndCommit<TPayload>(RingProducer producer, TPayload payload, int length)
        where TPayload : struct, IPayload, allows ref struct
    {
        payload.Write(producer.Payload(producer.ClaimPosition, length));
        producer.Commit(payload.Describe(length));
    }

    private bool MayDrop(in WaitLimit limit) => attachment.DropsNewest && limit.IsForever;

    private bool Claim(int length, bool whenEmpty, bool mayDrop, in WaitLimit limit, [NotNullWhen(true)] out RingProducer? producer)
    {
        producer = null;
        limit.Cancellation.ThrowIfCancellationRequested();
        if (length > _maxPayload)
        {
            SendFault.Throw(ClaimOutcome.TooLarge, attachment, length);
        }

        RingProducer? rented = source.Rent(limit);
        if (rented is null)
        {
            return false;
        }

        ClaimOutcome outcome = ClaimOutcome.Full;
        try
        {
            long size = rented.SizeOf(length);
            outcome = whenEmpty ? rented.ClaimWhenEmpty(size, limit)
                : mayDrop ? rented.ClaimOrDrop(size)
                : rented.Claim(size, limit);
        }
        finally
        {
            if (outcome != ClaimOutcome.Claimed)
            {
                source.Return(rented);
            }
        }

        producer = rented;
        return IsClaimed(outcome, length);
    }

    /// <summary>Returns the producer; a claim that was not committed is aborted first.</summary>
    private void EndUse(RingProducer producer)
    {
        AbortIfOpen(producer);
        source.Return(producer);
    }

    private static void AbortIfOpen(RingProducer producer)
    {
        if (producer.ClaimPosition != SlotDescriptor.NoClaim)
        {
            producer.Abort(producer.ClaimPosition);
        }
    }

    private bool IsClaimed(ClaimOutcome outcome, int length)
    {
        if (outcome > ClaimOutcome.Full)
        {
            SendFault.Throw(outcome, attachment, length);
        }

        return outcome == ClaimOutcome.Claimed;
    }

    /// <summary>Sends with one claim as many messages as there is contiguous room for; false if the limit passed first.</summary>
    private bool SendPart<TBatch>(RingProducer producer, TBatch batch, ref int sent, in WaitLimit limit)
        where TBatch : struct, IPayloadBatch, allows ref struct
    {
        int count = Fit(producer, batch, sent, producer.ContiguousRoom(), out long size);
        bool mayDrop = MayDrop(limit);
        ClaimOutcome outcome = size > attachment.Layout.Capacity ? ClaimOutcome.TooLarge
            : mayDrop ? ClaimOrDrop(producer, batch, sent, ref count, size)
            : producer.Claim(size, limit);
        if (outcome == ClaimOutcome.Claimed)
        {
            WriteBatch(producer, batch, ref sent, count);
        }
        else if (outcome == ClaimOutcome.Full && mayDrop)
        {
            sent++; // It was dropped. There may be room for the next one, which may be shorter.
            return true;
        }
        else if (outcome != ClaimOutcome.Full)
        {
            SendFault.Throw(outcome, attachment, batch.Measure(sent), limit.Cancellation);
        }

        return outcome == ClaimOutcome.Claimed;
    }

    /// <summary>Claims for several messages. If another sender was faster, claims for the first one, or drops it.</summary>
    private static ClaimOutcome ClaimOrDrop<TBatch>(RingProducer producer, TBatch batch, int first, ref int count, long size)
        where TBatch : struct, IPayloadBatch, allows ref struct
    {
        ClaimOutcome outcome = count > 1 ? producer.TryClaim(size) : ClaimOutcome.Full;
        if (outcome == ClaimOutcome.Full)
        {
            count = 1;
            outcome = producer.ClaimOrDrop(producer.SizeOf(batch.Measure(first)));
        }

        return outcome;
    }

    /// <summary>How many messages from <paramref name="first"/> on fit the room; at least one, whatever its size.</summary>
    private static int Fit<TBatch>(RingProducer producer, TBatch batch, int first, long room, out long size)
        where TBatch : struct, IPayloadBatch, allows ref struct
    {
        size = producer.SizeOf(batch.Measure(first));
        int next = first + 1;
        while (next < batch.Count
            && size + producer.SizeOf(batch.Measure(next)) is var larger
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
        if (!TBatch.MayFail)
        {
            WriteEqual(producer, batch, sent, count);
            sent += count;
            return;
        }

        long position = producer.ClaimPosition;
        try
        {
            for (int end = sent + count; sent < end; sent++)
            {
                // Measured again: another thread of the caller may have changed the message since it was measured for the claim.
                int length = batch.Measure(sent);
                if (!producer.IsWithinClaim(position, length))
                {
                    ThrowChanged(sent, length);
                }

                batch.Write(sent, producer.Payload(position, length));
                CrashPoint.Before("batch.stamp");
                position = producer.StampNext(position, batch.Describe(sent, length));
            }
        }
        finally
        {
            // Aborts the rest of the claim if a message could not be written; else there is no rest.
            producer.EndBatch(position);
        }
    }

    /// <summary>Writes messages that are all as long as the first one and that nothing can keep from being written, so everything may stay in registers.</summary>
    private static void WriteEqual<TBatch>(RingProducer producer, TBatch batch, int first, int count)
        where TBatch : struct, IPayloadBatch, allows ref struct
    {
        int length = batch.Measure(first);
        ulong description = batch.Describe(first, length);
        long position = producer.ClaimPosition;
        for (int index = first; index < first + count; index++)
        {
            batch.Write(index, producer.Payload(position, length));
            CrashPoint.Before("batch.stamp");
            position = producer.StampNext(position, description);
        }

        producer.EndBatch(position);
    }

    [DoesNotReturn]
    private static void ThrowChanged(int index, int length) => throw new InvalidOperationException(
        string.Create(CultureInfo.InvariantCulture, $"Message {index:N0} of the batch was changed while it was sent: its {length:N0} bytes do not fit what was claimed for it. ") +
        "Do not change a message before the call that sends it has returned.");
}
