using System.Globalization;
using IpMpsc.Layout;

namespace IpMpsc.Segments;

/// <summary>Says why a ring is full, for senders that waited for room.</summary>
internal static unsafe class FullRing
{
    /// <summary>
    /// How much is in use, and what keeps the room from becoming free: messages that the receiver holds, a receiver that is not there or does not
    /// take what is ready, or the claim of a sender that it waits for.
    /// </summary>
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

    private static string DescribeMapped(Attachment segment)
    {
        SegmentHeader header = segment.Header;
        long capacity = segment.Layout.Capacity;
        long head = SharedWord.LoadHead(header.Head);
        long used = Math.Clamp(SharedWord.LoadTail(header.Tail) - head, 0, capacity);
        string use = Text($"{used:N0} of its {capacity:N0} bytes are in use");
        bool hasReceiver = segment.File.IsLockedElsewhere(LivenessDescriptor.Receiver, 1);
        long messages = SharedWord.ReadCounter(header.HeldMessages);
        long held = messages > 0 && hasReceiver ? Math.Clamp(SharedWord.ReadCounter(header.Cursor) - head, 0, used) : 0;
        if (held > 0)
        {
            return Text($"{use}, {held:N0} of them by {messages:N0} messages that its receiver has received and not released: ") +
                $"{Name(header.Receiver)}, since {Time(SharedWord.ReadCounter(header.HeldSince))}.";
        }

        return used == 0 ? $"{use}." : $"{use}. {(hasReceiver ? Obstacle(segment, head) : NoReceiver(header.Receiver))}";
    }

    private static string NoReceiver(IdentityBlock last) => last.ProcessId == 0
        ? "No receiver has been attached yet."
        : $"No receiver is attached; the last one was {Name(last)}.";

    /// <summary>What a living receiver that holds nothing has before it.</summary>
    private static string Obstacle(Attachment segment, long head)
    {
        string receiver = Name(segment.Header.Receiver);
        if (segment.IsValid(head) || segment.IsFillerLost(head) || FindClaim(segment, head) is not { } claim)
        {
            return $"A message is ready, and the receiver, {receiver}, has not taken it yet.";
        }

        string owner = Name(segment.SlotIdentity(claim.Slot));
        if (!claim.IsAlive)
        {
            return $"The receiver, {receiver}, has to skip the claim of {owner}, which died within it.";
        }

        string since = SharedWord.ReadCounter(segment.Header.BlockedAt) == head
            ? $", since {Time(SharedWord.ReadCounter(segment.Header.BlockedSince))}"
            : "";
        return $"The receiver, {receiver}, waits for the claim of {owner}, which has neither committed nor aborted it{since}.";
    }

    /// <summary>The slot whose claim covers a position; a living owner before a dead one, as the receiver waits for it.</summary>
    private static (int Slot, bool IsAlive)? FindClaim(Attachment segment, long position)
    {
        (int, bool)? dead = null;
        for (int slot = 0; slot < segment.Layout.SlotCount; slot++)
        {
            if (segment.TryReadClaim(slot, out long start, out long end) && start <= position && position < end)
            {
                if (IsAlive(segment, slot))
                {
                    return (slot, true);
                }

                dead ??= (slot, false);
            }
        }

        return dead;
    }

    private static bool IsAlive(Attachment segment, int slot)
    {
        lock (segment.OwnSlots)
        {
            return segment.OwnSlots.Contains(slot) || segment.File.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1);
        }
    }

    private static string Name(IdentityBlock identity) => $"'{identity.Name}' (process {Text($"{identity.ProcessId}")})";

    private static string Time(long milliseconds) => Text($"{UnixTime.ToDate(milliseconds):u}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
