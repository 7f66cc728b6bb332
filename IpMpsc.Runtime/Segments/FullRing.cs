using System.Globalization;
using IpMpsc.Layout;

namespace IpMpsc.Segments;

/// <summary>Says why a ring is full, for the errors of senders that waited for room.</summary>
internal static unsafe class FullRing
{
    /// <summary>One sentence; it names the receiver if the ring is full because of the messages that it holds.</summary>
    /// <remarks>Any thread may ask, also after the sender was disposed: then there is nothing to say.</remarks>
    public static string Describe(Attachment attachment)
    {
        if (!attachment.TryAddUser())
        {
            return "";
        }

        string description = DescribeMapped(attachment);
        attachment.RemoveUser();
        return description;
    }

    private static string DescribeMapped(SegmentView segment)
    {
        SegmentHeader header = segment.Header;
        long capacity = segment.Layout.Capacity;
        long head = SharedWord.LoadHead(header.Head);
        long used = Math.Clamp(SharedWord.LoadTail(header.Tail) - head, 0, capacity);
        long messages = SharedWord.ReadCounter(header.HeldMessages);
        long held = messages > 0 ? Math.Clamp(SharedWord.ReadCounter(header.Cursor) - head, 0, used) : 0;
        return held == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{used:N0} of its {capacity:N0} bytes are in use.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{used:N0} of its {capacity:N0} bytes are in use, {held:N0} of them by {messages:N0} messages that its receiver has " +
                $"received and not released: {header.Receiver.Name} (process {header.Receiver.ProcessId}), since {UnixTime.ToDate(SharedWord.ReadCounter(header.HeldSince)):u}.");
    }
}
