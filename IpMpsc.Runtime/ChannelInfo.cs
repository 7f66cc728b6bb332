using System.Text;
using IpMpsc.Core;
using IpMpsc.Layout;

namespace IpMpsc;

/// <summary>A channel as it was at one moment. Reading it disturbs nobody, so numbers may be a little apart.</summary>
public sealed record ChannelInfo
{
    private ChannelInfo()
    {
    }

    /// <summary>Name of the file.</summary>
    public required string Name { get; init; }

    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Random id of the channel; a channel that replaces another one has another id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Size of the ring in bytes.</summary>
    public required long Capacity { get; init; }

    /// <summary>Bytes claimed and not released: messages with their headers, and claims under way.</summary>
    public required long BytesUsed { get; init; }

    /// <summary>How many sender slots the channel has.</summary>
    public required int MaxSenders { get; init; }

    /// <summary>When the channel was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Who made it.</summary>
    public required ChannelParticipant Creator { get; init; }

    /// <summary>The description of the channel's message types; empty for raw bytes.</summary>
    public required string Schema { get; init; }

    /// <summary>Who receives, or received last; null if nobody ever has.</summary>
    public required ChannelParticipant? Receiver { get; init; }

    /// <summary>Whether the kernel says that the receiver lives.</summary>
    public required bool IsReceiverAttached { get; init; }

    /// <summary>Messages received since the channel was made.</summary>
    public required long MessagesReceived { get; init; }

    /// <summary>Payload bytes of those messages.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Whether the channel was deleted or replaced, and only its participants still have it.</summary>
    public required bool IsRetired { get; init; }

    /// <summary>The slots that are or were used.</summary>
    public required IReadOnlyList<ChannelSenderInfo> Senders { get; init; }

    /// <summary>
    /// The sender whose claim the receiver waits for: it is alive and has neither committed nor aborted.
    /// Null if nobody holds the receiver up.
    /// </summary>
    public required ChannelSenderInfo? BlockedBy { get; init; }

    /// <summary>Since when the receiver has been waiting for <see cref="BlockedBy"/>.</summary>
    public required DateTimeOffset? BlockedSince { get; init; }

    internal static unsafe ChannelInfo Of(Attachment attachment)
    {
        SegmentHeader header = attachment.Header;
        long head = SharedWord.LoadHead(header.Head);
        long tail = SharedWord.LoadTail(header.Tail);
        ChannelSenderInfo[] senders = Enumerable.Range(0, attachment.Layout.SlotCount)
            .Where(slot => attachment.SlotIdentity(slot).ProcessId != 0)
            .Select(slot => Describe(attachment, slot))
            .ToArray();
        bool isBlocked = SharedWord.ReadCounter(header.BlockedAt) == head
            && !Stamp.IsValid(attachment.LoadStamp(head), head, attachment.Cookie);
        ChannelSenderInfo? blockedBy = !isBlocked
            ? null
            : senders.FirstOrDefault(sender => sender.IsAttached
                && sender.ClaimPosition >= 0
                && sender.ClaimPosition <= head
                && head < sender.ClaimPosition + sender.ClaimLength);
        return new ChannelInfo
        {
            Name = System.IO.Path.GetFileName(attachment.Path),
            Path = attachment.Path,
            Id = header.ChannelId,
            Capacity = attachment.Layout.Capacity,
            BytesUsed = Math.Clamp(tail - head, 0, attachment.Layout.Capacity),
            MaxSenders = attachment.Layout.SlotCount,
            Created = header.Created,
            Creator = ChannelParticipant.Of(header.Creator),
            Schema = Encoding.UTF8.GetString(attachment.Schema),
            Receiver = header.Receiver.ProcessId == 0 ? null : ChannelParticipant.Of(header.Receiver),
            IsReceiverAttached = attachment.IsReceiverAttached,
            MessagesReceived = SharedWord.ReadCounter(header.MessagesReceived),
            BytesReceived = SharedWord.ReadCounter(header.BytesReceived),
            IsRetired = attachment.IsRetired,
            Senders = senders,
            BlockedBy = blockedBy,
            BlockedSince = blockedBy is null ? null : UnixTime.ToDate(SharedWord.ReadCounter(header.BlockedSince)),
        };
    }

    private static unsafe ChannelSenderInfo Describe(Attachment attachment, int slot)
    {
        byte* address = attachment.Slot(slot);
        return new ChannelSenderInfo(
            slot,
            ChannelParticipant.Of(attachment.SlotIdentity(slot)),
            attachment.File.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1),
            SharedWord.ReadCounter((long*)(address + SlotDescriptor.MessagesOffset)),
            SharedWord.ReadCounter((long*)(address + SlotDescriptor.BytesOffset)),
            SharedWord.ReadCounter((long*)(address + SlotDescriptor.WaitsOffset)),
            SharedWord.LoadClaimPosition(address),
            SharedWord.LoadClaimLength(address));
    }
}
