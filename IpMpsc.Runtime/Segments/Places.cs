using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>Takes the places that a channel has for its participants: that of the receiver, and the slots of senders.</summary>
internal static class Places
{
    /// <summary>Takes the receiver's place, and leaves the receiver's name there.</summary>
    /// <exception cref="ChannelFault">Another receiver has it.</exception>
    public static void TakeReceiver(Attachment attachment, string participantName)
    {
        if (!TryLockReceiver(attachment) && !(CollectDropped(attachment) && TryLockReceiver(attachment)))
        {
            throw InUseFault.OfReceiver(attachment.File, attachment.Path);
        }

        attachment.Header.Receiver.Write(Environment.ProcessId, DateTimeOffset.UtcNow, participantName);
    }

    /// <summary>Takes a sender's first slot.</summary>
    /// <param name="attachment">The sender's hold on the channel.</param>
    /// <param name="spec">What the sender asks for.</param>
    /// <param name="sequence">For a forwarder, the last sequence of its source that is in the channel; otherwise 0.</param>
    /// <exception cref="ChannelFault">Every slot is taken.</exception>
    public static int TakeSlot(Attachment attachment, ChannelSpec spec, out long sequence) =>
        TryTakeSlot(attachment, spec, out int slot, out sequence) || (CollectDropped(attachment) && TryTakeSlot(attachment, spec, out slot, out sequence))
            ? slot
            : throw AllSlotsTaken(attachment);

    private static bool TryLockReceiver(Attachment attachment) => attachment.File.TryLock(LivenessDescriptor.Receiver, 1); // STEP create.lock-receiver

    private static bool TryTakeSlot(Attachment attachment, ChannelSpec spec, out int slot, out long sequence)
    {
        if (spec.Source is { } source)
        {
            return SourceSlots.TryAcquire(attachment, source, out slot, out sequence);
        }

        sequence = 0;
        return SenderSlots.TryAcquire(attachment, spec.ParticipantName, out slot);
    }

    /// <summary>
    /// Has the garbage collector find participants of this process that were dropped without Dispose, and that may hold
    /// the place that was looked for. False if this process has no other attachment to the channel.
    /// </summary>
    private static bool CollectDropped(Attachment attachment)
    {
        if (!attachment.HasOthersHere)
        {
            return false;
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        return true;
    }

    private static ChannelFault AllSlotsTaken(Attachment attachment)
    {
        int abandoned = SenderSlots.CountAbandoned(attachment);
        return abandoned > 0
            ? new ChannelFault(
                FaultKind.InUse,
                $"Every sender slot of channel '{attachment.Path}' is taken; it was created with {attachment.Layout.SlotCount:N0}. " +
                $"{abandoned:N0} of them belonged to senders that died within a claim, and a receiver frees them when it skips these claims. " +
                $"Start a receiver, or run 'ipmpsc recover'.")
            : new ChannelFault(
                FaultKind.InUse,
                $"Every sender slot of channel '{attachment.Path}' is taken; it was created with {attachment.Layout.SlotCount:N0}. " +
                $"Create it with a larger IpcChannelOptions.MaxSenders, or share one Sender between threads.");
    }
}
