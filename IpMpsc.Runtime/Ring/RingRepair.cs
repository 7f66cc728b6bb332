using IpMpsc.Layout;
using IpMpsc.Segments;

namespace IpMpsc.Ring;

/// <summary>Finds where to continue in a segment into which another program wrote.</summary>
internal static unsafe class RingRepair
{
    /// <summary>
    /// The first position behind <paramref name="head"/> at which a record stands or a claim begins; the tail if there is none.
    /// A tail that cannot be true is corrected, so that senders can claim again.
    /// </summary>
    public static long FindNextRecord(Attachment attachment, long head)
    {
        long least = head + RecordDescriptor.Alignment;
        long tail = SharedWord.LoadTail(attachment.Header.Tail);
        while (tail < least || tail - attachment.LapEnd(head) > attachment.Layout.Capacity || tail % RecordDescriptor.Alignment != 0)
        {
            if (SharedWord.TryAdvanceTail(attachment.Header.Tail, tail, least))
            {
                return least;
            }

            tail = SharedWord.LoadTail(attachment.Header.Tail);
        }

        long next = tail;
        for (int slot = 0; slot < attachment.Layout.SlotCount; slot++)
        {
            long claim = SharedWord.LoadClaimPosition(attachment.Slot(slot));
            if (claim > head && claim < next && claim % RecordDescriptor.Alignment == 0)
            {
                next = claim;
            }
        }

        for (long position = least; position < next; position += RecordDescriptor.Alignment)
        {
            if (attachment.IsValid(position))
            {
                return position;
            }
        }

        return next;
    }
}
