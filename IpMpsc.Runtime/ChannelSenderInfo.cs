using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Segments;

namespace IpMpsc;

/// <summary>One sender slot of a channel, as it was at one moment.</summary>
/// <param name="Slot">Index of the slot.</param>
/// <param name="Participant">The participant that has the slot, or had it last.</param>
/// <param name="IsAttached">Whether the kernel says that its owner is alive.</param>
/// <param name="MessagesSent">Messages committed since the owner joined.</param>
/// <param name="BytesSent">Payload bytes of those messages.</param>
/// <param name="Waits">How often it had to wait for room.</param>
/// <param name="ClaimPosition">Position of its last claim, which may have been committed since; -1 if there is none.</param>
/// <param name="ClaimLength">Bytes of that claim, with header and filler.</param>
public sealed record ChannelSenderInfo(
    int Slot,
    ChannelParticipant Participant,
    bool IsAttached,
    long MessagesSent,
    long BytesSent,
    long Waits,
    long ClaimPosition,
    long ClaimLength)
{
    /// <summary>
    /// Since when that claim has been neither committed nor aborted: since the receiver began to wait for
    /// it, or else since the observer first saw it in flight; null if no claim is in flight.
    /// </summary>
    public DateTimeOffset? ClaimSince { get; init; }

    /// <summary>Messages that it has dropped because there was no room, see <see cref="FullMode.DropNewest"/>.</summary>
    public long Dropped { get; init; }

    internal static unsafe ChannelSenderInfo Of(SegmentView segment, int slot)
    {
        byte* address = segment.Slot(slot);
        return new ChannelSenderInfo(
            slot,
            ChannelParticipant.Of(segment.SlotIdentity(slot)),
            segment.File.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1),
            SharedWord.ReadCounter((long*)(address + SlotDescriptor.MessagesOffset)),
            SharedWord.ReadCounter((long*)(address + SlotDescriptor.BytesOffset)),
            SharedWord.ReadCounter((long*)(address + SlotDescriptor.WaitsOffset)),
            SharedWord.LoadClaimPosition(address),
            SharedWord.LoadClaimLength(address))
        {
            Dropped = SharedWord.ReadCounter((long*)(address + SlotDescriptor.DroppedOffset)),
        };
    }

    internal bool Covers(long position) =>
        ClaimPosition >= 0 && ClaimPosition <= position && position - ClaimPosition < ClaimLength;
}
