using IpMpsc.Layout;
using IpMpsc.Telemetry;

namespace IpMpsc.Segments;

/// <summary>Reads what the meter asks of a channel, from a participant's own mapping.</summary>
internal static unsafe class SegmentGauges
{
    /// <summary>The present value of a gauge.</summary>
    /// <param name="attachment">The hold of a participant that has not left.</param>
    /// <param name="gauge">What is asked.</param>
    public static long Read(Attachment attachment, ChannelGauge gauge) => gauge switch
    {
        ChannelGauge.Depth => attachment.BytesUsed,
        ChannelGauge.Capacity => attachment.Layout.Capacity,
        ChannelGauge.Senders => CountSenders(attachment),
        ChannelGauge.Receivers => HasReceiver(attachment) ? 1 : 0,
        ChannelGauge.HeldMessages => HasReceiver(attachment) ? Math.Max(SharedWord.ReadCounter(attachment.Header.HeldMessages), 0) : 0,
        ChannelGauge.BlockedTime => BlockedMilliseconds(attachment),
        _ => 0,
    };

    /// <summary>An attachment does not see its own locks; its own slots it knows.</summary>
    private static long CountSenders(Attachment attachment)
    {
        long count = attachment.OwnSlots.Count;
        for (int slot = 0; slot < attachment.Layout.SlotCount; slot++)
        {
            bool wasUsed = attachment.SlotIdentity(slot).ProcessId != 0;
            count += wasUsed && attachment.File.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1) ? 1 : 0;
        }

        return count;
    }

    /// <summary>An attachment without a slot is the receiver's.</summary>
    private static bool HasReceiver(Attachment attachment) =>
        attachment.FirstSlot < 0 || attachment.File.IsLockedElsewhere(LivenessDescriptor.Receiver, 1);

    /// <summary>The receiver notes for what position it waits, and since when. The note is stale once that record is stamped or behind head.</summary>
    private static long BlockedMilliseconds(Attachment attachment)
    {
        SegmentHeader header = attachment.Header;
        long position = SharedWord.ReadCounter(header.BlockedAt);
        bool isBlocked = position >= 0
            && position % RecordDescriptor.Alignment == 0
            && position >= SharedWord.LoadHead(header.Head)
            && position < SharedWord.LoadTail(header.Tail)
            && !attachment.IsValid(position);
        long since = SharedWord.ReadCounter(header.BlockedSince);
        return isBlocked ? Math.Max(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - since, 0) : 0;
    }
}
