using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// Slots of forwarders: each remembers the sequence of the last message from its source that is in the channel, and belongs to that source also
/// after the forwarder's death. No other sender takes it over.
/// </summary>
/// <remarks>
/// <code>
///   claim -> payload -> pending = S -> stamp -> confirmed = S
/// </code>
/// Pending is stored when the claim is won and before its stamp, confirmed after the stamp. If they are equal, that sequence is in the channel.
/// Otherwise the slot still has the claim for the pending one, and its stamp decides. After head has passed the claim, the stamp may be overwritten; but a
/// receiver that steps over a dead sender's gap sets pending back before head passes it. So a pending sequence behind head was received.
/// The steps are those of spec/forwarding.pml.
/// </remarks>
internal static unsafe class SourceSlots
{
    /// <summary>The last sequence of a source that is in the channel, and takes a slot for its next forwarder.</summary>
    /// <param name="attachment">The attachment that will hold the slot's lock.</param>
    /// <param name="source">The name of the source.</param>
    /// <param name="index">The slot.</param>
    /// <param name="sequence">The last sequence; 0 if there is none.</param>
    /// <returns>False if every slot is taken.</returns>
    /// <exception cref="ChannelFault">A forwarder of this source lives.</exception>
    public static bool TryAcquire(Attachment attachment, string source, out int index, out long sequence)
    {
        sequence = 0;
        List<int> former = [];
        for (int slot = 0; slot < attachment.Layout.SlotCount; slot++)
        {
            if (BelongsTo(attachment, slot, source))
            {
                ThrowIfAlive(attachment, slot, source);
                sequence = Math.Max(sequence, ReadSequence(attachment, slot));
                former.Add(slot);
            }
        }

        if (!TryOwnAny(attachment, former, out index))
        {
            return false;
        }

        SharedWord.StoreSource(Confirmed(attachment, index), sequence);
        SharedWord.StoreSource(Pending(attachment, index), sequence);
        attachment.SlotIdentity(index).Write(Environment.ProcessId, DateTimeOffset.UtcNow, source);
        attachment.SlotIdentity(index).IsForwarder = true;
        RequireNoOther(attachment, source, index);
        foreach (int slot in former)
        {
            if (slot != index)
            {
                TryForget(attachment, slot);
            }
        }

        return true;
    }

    /// <summary>Whether a slot belongs to a source: then only its next forwarder takes it over.</summary>
    public static bool IsReserved(SegmentView segment, int slot) => segment.SlotIdentity(slot).IsForwarder;

    /// <summary>Sets a slot's words right before it is taken over, while its claim still tells what became of the pending sequence.</summary>
    public static void Settle(Attachment attachment, int slot)
    {
        long confirmed = SharedWord.LoadSource(Confirmed(attachment, slot));
        long pending = SharedWord.LoadSource(Pending(attachment, slot));
        if (pending != confirmed)
        {
            // A claim that plays no part in a recovery any more is stamped or received. Without a claim nothing was sent.
            bool isSent = SharedWord.LoadClaimPosition(attachment.Slot(slot)) != SlotDescriptor.NoClaim;
            // STEP source.settle
            SharedWord.StoreSource(isSent ? Confirmed(attachment, slot) : Pending(attachment, slot), isSent ? pending : confirmed);
        }
    }

    /// <summary>
    /// Notes that the pending sequence of a dead sender is not in the channel, because the receiver steps over its claim at <paramref name="position"/>.
    /// To be called before head passes the gap.
    /// </summary>
    public static void Disown(SegmentView segment, int slot, long position)
    {
        long confirmed = SharedWord.LoadSource(Confirmed(segment, slot));
        if (SharedWord.LoadSource(Pending(segment, slot)) != confirmed
            && segment.TryReadClaim(slot, out long start, out long end) // Another owner's claim begins at the tail, behind the gap.
            && start <= position
            && position < end)
        {
            SharedWord.StoreSource(Pending(segment, slot), confirmed); // STEP source.disown
        }
    }

    /// <summary>The last sequence of a dead forwarder that is in the channel.</summary>
    private static long ReadSequence(SegmentView segment, int slot)
    {
        long confirmed = SharedWord.LoadSource(Confirmed(segment, slot)); // STEP source.read-confirmed
        long pending = SharedWord.LoadSource(Pending(segment, slot)); // STEP source.read-pending
        if (pending == confirmed || !segment.TryReadClaim(slot, out long start, out long end))
        {
            return confirmed;
        }

        bool isStamped = segment.FirstUnstamped(start, end) >= end; // STEP source.check-stamp
        if (SharedWord.LoadHeadAfterCopy(segment.Header.Head) <= start) // STEP source.recheck-head
        {
            return isStamped ? pending : confirmed;
        }

        // STEP source.reread-pending: behind head it is pending only if it was received.
        return SharedWord.LoadSource(Pending(segment, slot));
    }

    private static bool BelongsTo(Attachment attachment, int slot, string source) =>
        IsReserved(attachment, slot) && attachment.SlotIdentity(slot).Name == source;

    private static void ThrowIfAlive(Attachment attachment, int slot, string source)
    {
        if (attachment.OwnSlots.Contains(slot) || attachment.File.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1))
        {
            throw new ChannelFault(
                FaultKind.InUse,
                $"Process {attachment.SlotIdentity(slot).ProcessId} already forwards '{source}' to channel '{attachment.Path}'. " +
                $"Stop that process first: a source has one forwarder.");
        }
    }

    /// <summary>Two forwarders may begin at the same time; each sees the other then, and fails.</summary>
    private static void RequireNoOther(Attachment attachment, string source, int own)
    {
        Interlocked.MemoryBarrier();
        for (int slot = 0; slot < attachment.Layout.SlotCount; slot++)
        {
            if (slot != own && BelongsTo(attachment, slot, source))
            {
                ThrowIfAlive(attachment, slot, source);
            }
        }
    }

    private static bool TryOwnAny(Attachment attachment, List<int> former, out int index)
    {
        foreach (int slot in former)
        {
            if (SenderSlots.TryTake(attachment, slot))
            {
                index = slot;
                return true;
            }
        }

        for (index = 0; index < attachment.Layout.SlotCount; index++)
        {
            if (!IsReserved(attachment, index) && SenderSlots.TryTake(attachment, index))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives up a slot of an earlier forwarder, whose sequence stands in another one now.</summary>
    private static void TryForget(Attachment attachment, int slot)
    {
        if (SenderSlots.TryTake(attachment, slot))
        {
            attachment.SlotIdentity(slot).IsForwarder = false; // STEP source.forget
            SharedWord.StoreSource(Confirmed(attachment, slot), 0);
            SharedWord.StoreSource(Pending(attachment, slot), 0);
            SenderSlots.Release(attachment, slot);
        }
    }

    private static long* Pending(SegmentView segment, int slot) => (long*)(segment.Slot(slot) + SlotDescriptor.SourcePendingOffset);

    private static long* Confirmed(SegmentView segment, int slot) => (long*)(segment.Slot(slot) + SlotDescriptor.SourceConfirmedOffset);
}
