using IpMpsc.Layout;
using IpMpsc.Segments;

namespace IpMpsc.Ring;

/// <summary>Seals the ring of a channel that was deleted under its receiver: after that, no sender can claim.</summary>
/// <remarks>
/// The mark alone is not enough. A sender that looked at it before it was set may stand still for hours and then claim, after the
/// receiver has found the ring empty. So the receiver claims all free room in one step and never releases it. If the
/// sender claimed first, the receiver waits for its claim as for any other. If not, the sender finds the ring full, looks at the mark
/// again, and fails.
/// </remarks>
internal static unsafe class RingSeal
{
    /// <summary>Seals the ring if the channel is retired and nothing was claimed that the receiver has not taken.</summary>
    /// <param name="attachment">The receiver's attachment.</param>
    /// <param name="head">The published head; it must not move from now on.</param>
    /// <param name="cursor">The end of what the receiver has taken; ahead of head if it holds messages.</param>
    public static bool TrySet(Attachment attachment, long head, long cursor)
    {
        long capacity = attachment.Layout.Capacity;
        long end = head + capacity;
        if (!attachment.IsRetired
            || !SharedWord.TryAdvanceTail(attachment.Header.Tail, cursor, end)) // STEP retire.seal
        {
            return false;
        }

        // Aborted records, the first one up to the end of the lap: observers know what they look at. Not padding, whose
        // room senders take when it stands at head.
        long endOfLap = Math.Min(end, cursor + capacity - (cursor & (capacity - 1)));
        StampFiller(attachment, cursor, endOfLap);
        StampFiller(attachment, endOfLap, end);
        return true;
    }

    private static void StampFiller(Attachment attachment, long start, long end)
    {
        if (start < end)
        {
            attachment.StampFiller(start, end - start, RecordState.Aborted);
        }
    }
}
