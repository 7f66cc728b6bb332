using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>Takes and gives back the slots of the shared table.</summary>
internal static unsafe class SenderSlots
{
    /// <summary>
    /// Becomes the owner of a free slot: nobody holds its lock, and its last claim can play no part in a
    /// recovery any more, because it lies wholly behind head, was never won, or is stamped to its end. Any
    /// other claim of a dead owner is evidence.
    /// </summary>
    /// <param name="attachment">The attachment that will hold the slot's lock.</param>
    /// <param name="name">What the sender is called, for people to read.</param>
    /// <param name="index">The slot.</param>
    /// <returns>False if every slot is taken.</returns>
    public static bool TryAcquire(Attachment attachment, string name, out int index)
    {
        lock (attachment.OwnSlots)
        {
            for (index = 0; index < attachment.Layout.SlotCount; index++)
            {
                if (!attachment.OwnSlots.Contains(index) && TryOwn(attachment, index))
                {
                    attachment.OwnSlots.Add(index);
                    long* counters = (long*)attachment.Slot(index);
                    counters[SlotDescriptor.MessagesOffset / sizeof(long)] = 0;
                    counters[SlotDescriptor.BytesOffset / sizeof(long)] = 0;
                    counters[SlotDescriptor.WaitsOffset / sizeof(long)] = 0;
                    attachment.SlotIdentity(index).Write(Environment.ProcessId, DateTimeOffset.UtcNow, name);
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Leaves a slot; there is no outstanding claim.</summary>
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

        // A receiver that ends with its senders looks whether this was the last one.
        attachment.ReceiverSignal.WakeIfRaised();
    }

    /// <summary>Whether any sender has ever joined the channel.</summary>
    public static bool WereEverUsed(Attachment attachment)
    {
        for (int index = 0; index < attachment.Layout.SlotCount; index++)
        {
            if (attachment.SlotIdentity(index).ProcessId != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryOwn(Attachment attachment, int index)
    {
        // A look without the lock decides nothing but to leave the slot alone: who stood still with the lock of a
        // slot that has a gap would be taken for its owner, and be waited for.
        if (!IsUsable(attachment, index))
        {
            return false;
        }

        CrashPoint.Before("slot.lock");
        if (!attachment.File.TryLock(LivenessDescriptor.Slot(index), 1))
        {
            return false;
        }

        // The claim is that of the last owner, who has gone, and cannot change while we hold the lock.
        if (IsUsable(attachment, index))
        {
            // A claim that was lost may cover head; with a living owner it would hold a recovery up.
            CrashPoint.Before("slot.clear");
            SharedWord.StoreClaimPosition(attachment.Slot(index), SlotDescriptor.NoClaim);
            return true;
        }

        attachment.File.Unlock(LivenessDescriptor.Slot(index), 1); // STEP slot.unlock
        return false;
    }

    /// <summary>Whether the claim in a slot, if its owner is dead, can play no part in a recovery any more.</summary>
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
        return end > SharedWord.LoadTail(attachment.Header.Tail) // Who wins it moves the tail there.
            || IsStamped(attachment, position, end);
    }

    /// <summary>
    /// Whether every record of a claim is stamped, as it is when its owner makes the next one. A batch may be
    /// stamped in part only, so each record is looked at; and they are what the claim's owner wrote only as long as
    /// head has not passed its start.
    /// </summary>
    private static bool IsStamped(Attachment attachment, long position, long end)
    {
        CrashPoint.Before("slot.check-stamped");
        bool stamped = attachment.FirstUnstamped(position, end) >= end;
        CrashPoint.Before("slot.recheck-head");
        return stamped && SharedWord.LoadHeadAfterCopy(attachment.Header.Head) <= position;
    }
}
