using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>Takes and releases the slots of the shared table.</summary>
internal static unsafe class SenderSlots
{
    /// <summary>
    /// Becomes the owner of a free slot. A slot is free if nobody holds its lock and no recovery can need its last
    /// claim any more: the claim lies wholly behind head, was never won, or is stamped to its end. Any other claim of
    /// a dead owner is evidence.
    /// </summary>
    /// <param name="attachment">The attachment that will hold the slot's lock.</param>
    /// <param name="name">The sender's display name.</param>
    /// <param name="index">The slot.</param>
    /// <returns>False if every slot is taken.</returns>
    public static bool TryAcquire(Attachment attachment, string name, out int index)
    {
        lock (attachment.OwnSlots)
        {
            for (index = 0; index < attachment.Layout.SlotCount; index++)
            {
                if (!SourceSlots.IsReserved(attachment, index) && TryTake(attachment, index))
                {
                    attachment.SlotIdentity(index).Write(Environment.ProcessId, DateTimeOffset.UtcNow, name);
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Releases a slot that has no outstanding claim.</summary>
    public static void Release(Attachment attachment, int index)
    {
        lock (attachment.OwnSlots)
        {
            CrashPoint.Before("leave.clear-claim");
            SharedWord.StoreClaimPosition(attachment.Slot(index), SlotDescriptor.NoClaim);
            attachment.OwnSlots.Remove(index);
            CrashPoint.Before("leave.unlock");
            attachment.File.Unlock(LivenessDescriptor.Slot(index), 1);
        }

        // A receiver that ends with its senders checks whether this was the last one.
        attachment.ReceiverSignal.WakeIfRaised();
    }

    /// <summary>How many slots belonged to senders that died within a claim: only a receiver that skips the claims frees them.</summary>
    public static int CountAbandoned(Attachment attachment)
    {
        int abandoned = 0;
        for (int index = 0; index < attachment.Layout.SlotCount; index++)
        {
            if (!IsUsable(attachment, index) && !attachment.File.IsLockedElsewhere(LivenessDescriptor.Slot(index), 1))
            {
                abandoned++;
            }
        }

        return abandoned;
    }

    /// <summary>Becomes the owner of one slot, if it is free and its last claim plays no part in a recovery any more; its counters begin at 0.</summary>
    public static bool TryTake(Attachment attachment, int index)
    {
        lock (attachment.OwnSlots)
        {
            if (attachment.OwnSlots.Contains(index) || !TryOwn(attachment, index))
            {
                return false;
            }

            attachment.OwnSlots.Add(index);
            CrashPoint.Before("slot.count");
            SharedWord.CountJoin(attachment.Header.Joins);
            byte* slot = attachment.Slot(index);
            SharedWord.StoreCounter((long*)(slot + SlotDescriptor.MessagesOffset), 0);
            SharedWord.StoreCounter((long*)(slot + SlotDescriptor.BytesOffset), 0);
            SharedWord.StoreCounter((long*)(slot + SlotDescriptor.WaitsOffset), 0);
            SharedWord.StoreCounter((long*)(slot + SlotDescriptor.DroppedOffset), 0);
            return true;
        }
    }

    private static bool TryOwn(Attachment attachment, int index)
    {
        // Look before locking, only to leave an unusable slot alone: a process that is paused while it holds the lock
        // of a slot with a gap would pass for the gap's owner, and the receiver would wait for it.
        if (!IsUsable(attachment, index))
        {
            return false;
        }

        CrashPoint.Before("slot.lock");
        if (!attachment.File.TryLock(LivenessDescriptor.Slot(index), 1))
        {
            return false;
        }

        // The claim belongs to the last owner, which is gone, and cannot change while we hold the lock.
        if (IsUsable(attachment, index))
        {
            // A lost claim may cover head. With a living owner it would block a recovery.
            SourceSlots.Settle(attachment, index);
            CrashPoint.Before("slot.clear");
            SharedWord.StoreClaimPosition(attachment.Slot(index), SlotDescriptor.NoClaim);
            return true;
        }

        attachment.File.Unlock(LivenessDescriptor.Slot(index), 1); // STEP slot.unlock
        return false;
    }

    /// <summary>Whether no recovery can need the claim in a slot any more, provided that its owner is dead.</summary>
    private static bool IsUsable(Attachment attachment, int index)
    {
        byte* slot = attachment.Slot(index);
        long position = SharedWord.LoadClaimPosition(slot);
        long end = position + SharedWord.LoadClaimLength(slot);
        CrashPoint.Before("slot.check-claim");
        if (position == SlotDescriptor.NoClaim || end <= SharedWord.LoadHead(attachment.Header.Head))
        {
            return true;
        }

        CrashPoint.Before("slot.check-lost");
        return end > SharedWord.LoadTail(attachment.Header.Tail) // A sender that wins a claim moves the tail to its end.
            || IsStamped(attachment, position, end);
    }

    /// <summary>
    /// Whether every record of a claim is stamped, as it is when its owner makes the next claim. A batch may be
    /// stamped in part, so this checks each record. The records are the owner's only while head has not passed the
    /// claim's start.
    /// </summary>
    private static bool IsStamped(Attachment attachment, long position, long end)
    {
        CrashPoint.Before("slot.check-stamped");
        bool stamped = attachment.FirstUnstamped(position, end) >= end;
        CrashPoint.Before("slot.recheck-head");
        return stamped && SharedWord.LoadHeadAfterCopy(attachment.Header.Head) <= position;
    }
}
