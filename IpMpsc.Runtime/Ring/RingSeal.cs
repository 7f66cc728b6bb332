using IpMpsc.Layout;
using IpMpsc.Segments;

namespace IpMpsc.Ring;

/// <summary>How the ring of a channel ends that was deleted under its receiver: nobody can claim any more.</summary>
/// <remarks>
/// The mark alone is no end. A sender that had looked at it before it was set may stand still for hours and claim
/// then, where the receiver has found the ring empty. So the receiver takes all the room there is, in one step and
/// for good. Either that sender came first, and its claim is waited for as any other; or it finds the ring full,
/// looks at the mark again, and fails.
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
