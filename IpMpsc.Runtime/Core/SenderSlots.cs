using IpMpsc.Layout;

namespace IpMpsc.Core;

/// <summary>Takes and gives back the slots of the shared table.</summary>
internal static unsafe class SenderSlots
{
    /// <summary>
    /// Becomes the owner of a free slot: nobody holds its lock and its last claim lies wholly behind
    /// head. A slot whose dead owner's claim has not been passed yet is evidence for the recovery.
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
            SharedWord.StoreClaimPosition(attachment.Slot(index), SlotDescriptor.NoClaim);
            attachment.OwnSlots.Remove(index);
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
        if (!attachment.File.TryLock(LivenessDescriptor.Slot(index), 1)) // STEP slot.lock
        {
            return false;
        }

        long head = SharedWord.LoadHead(attachment.Header.Head);
        long position = SharedWord.LoadClaimPosition(attachment.Slot(index)); // STEP slot.check-claim
        if (position == SlotDescriptor.NoClaim
            || position + SharedWord.LoadClaimLength(attachment.Slot(index)) <= head)
        {
            return true;
        }

        attachment.File.Unlock(LivenessDescriptor.Slot(index), 1); // STEP slot.unlock
        return false;
    }
}
