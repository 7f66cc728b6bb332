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
    /// <summary>Seals the ring if the channel is retired and nothing was claimed that is not received; called by the receiver.</summary>
    public static bool TrySet(Attachment attachment, long head)
    {
        long capacity = attachment.Layout.Capacity;
        if (!attachment.IsRetired
            || !SharedWord.TryAdvanceTail(attachment.Header.Tail, head, head + capacity)) // STEP retire.seal
        {
            return false;
        }

        // Fillers, the first one up to the end of the lap: observers know what they look at.
        long toEnd = capacity - (head & (capacity - 1));
        attachment.StampFiller(head, toEnd, RecordState.Padding);
        if (toEnd < capacity)
        {
            attachment.StampFiller(head + toEnd, capacity - toEnd, RecordState.Padding);
        }

        return true;
    }
}
