using IpMpsc.Layout;
using IpMpsc.Observing;
using IpMpsc.Opening;
using IpMpsc.Ring;
using IpMpsc.Segments;

namespace IpMpsc;

/// <summary>
/// A channel as it was at one moment. Reading it stops no participant, so numbers may differ by what happened between their readings.
/// </summary>
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

    /// <summary>
    /// Bytes claimed and not released: messages with their headers, and claims under way. After a channel
    /// was deleted while its receiver had it open, and everything was received, it is the whole ring, so that no sender can claim.
    /// </summary>
    public required long BytesUsed { get; init; }

    /// <summary>How many sender slots the channel has.</summary>
    public required int MaxSenders { get; init; }

    /// <summary>When the channel was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The participant that created it.</summary>
    public required ChannelParticipant Creator { get; init; }

    /// <summary>The description of the channel's message types; empty for raw bytes.</summary>
    public required string Schema { get; init; }

    /// <summary>The participant that receives, or received last; null if none ever has.</summary>
    public required ChannelParticipant? Receiver { get; init; }

    /// <summary>Whether the receiver is alive, according to the kernel.</summary>
    public required bool IsReceiverAttached { get; init; }

    /// <summary>Messages received since the channel was created.</summary>
    public required long MessagesReceived { get; init; }

    /// <summary>Payload bytes of those messages.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>
    /// Messages that senders have dropped since the channel was created, see <see cref="FullMode.DropNewest"/>. <see cref="ChannelSenderInfo.Dropped"/> says by whom.
    /// </summary>
    public required long DroppedBySenders { get; init; }

    /// <summary>Messages that receivers have stepped over since the channel was created, see <see cref="FullMode.DropOldest"/> and <see cref="FullMode.LatestOnly"/>.</summary>
    public required long DroppedByReceiver { get; init; }

    /// <summary>Whether the channel was deleted or replaced, and only its participants still have it.</summary>
    public required bool IsRetired { get; init; }

    /// <summary>The slots that are or were used.</summary>
    public required IReadOnlyList<ChannelSenderInfo> Senders { get; init; }

    /// <summary>
    /// The sender whose claim the receiver waits for: it is alive and has neither committed nor aborted.
    /// Null if no sender blocks the receiver.
    /// </summary>
    public required ChannelSenderInfo? BlockedBy { get; init; }

    /// <summary>Since when the receiver has been waiting for <see cref="BlockedBy"/>.</summary>
    public required DateTimeOffset? BlockedSince { get; init; }

    /// <summary>Position of the first record that was not released, in bytes since the channel was created.</summary>
    public required long HeadPosition { get; init; }

    /// <summary>
    /// Position at which the receiver looks next. It equals <see cref="HeadPosition"/> unless the receiver holds messages: then everything between
    /// the two was received and is not free yet.
    /// </summary>
    public required long NextPosition { get; init; }

    /// <summary>
    /// The number of messages that the receiver holds: it has received them and not released them. Those of a receiver that died are received
    /// again by the next one.
    /// </summary>
    public required long HeldMessages { get; init; }

    /// <summary>
    /// Bytes of the ring that senders cannot use because of the messages that are held: all of them from <see cref="HeadPosition"/>
    /// to <see cref="NextPosition"/>.
    /// </summary>
    public required long HeldBytes { get; init; }

    /// <summary>When the receiver received the first of the messages that it holds; null if it holds none.</summary>
    public required DateTimeOffset? HeldSince { get; init; }

    /// <summary>Position at which the next claim begins.</summary>
    public required long TailPosition { get; init; }

    /// <summary>What is at <see cref="NextPosition"/>: what the receiver finds next.</summary>
    public required HeadState Head { get; init; }

    /// <summary>
    /// Whether a sender has announced that it sleeps until there is room. A sender that was killed in its sleep leaves the announcement until the receiver
    /// releases something.
    /// </summary>
    internal bool IsRoomAwaited { get; init; }

    internal static unsafe ChannelInfo Of(SegmentView segment, RingObserver ring, ClaimAges watch)
    {
        SegmentHeader header = segment.Header;
        bool isReceiverAttached = segment.File.IsLockedElsewhere(LivenessDescriptor.Receiver, 1);
        HeadState state = StateOf(ring.ExamineNext(isReceiverAttached, out long head, out long next));
        HeldRange held = ring.FindHeld(head);
        long tail = SharedWord.LoadTail(header.Tail);
        bool isBlocked = state == HeadState.Claimed && SharedWord.ReadCounter(header.BlockedAt) == next;
        DateTimeOffset blockedSince = UnixTime.ToDate(SharedWord.ReadCounter(header.BlockedSince));
        ChannelSenderInfo? blockedBy = null;
        List<ChannelSenderInfo> senders = [];
        foreach (int slot in Enumerable.Range(0, segment.Layout.SlotCount).Where(slot => segment.SlotIdentity(slot).ProcessId != 0))
        {
            ChannelSenderInfo sender = ChannelSenderInfo.Of(segment, slot);
            bool blocks = isBlocked && blockedBy is null && sender.IsAttached && sender.Covers(next);
            DateTimeOffset? seen = watch.Note(slot, ring.IsInFlight(slot) ? sender.ClaimPosition : SlotDescriptor.NoClaim);
            sender = sender with { ClaimSince = blocks ? blockedSince : seen };
            blockedBy = blocks ? sender : blockedBy;
            senders.Add(sender);
        }

        return new ChannelInfo
        {
            Name = System.IO.Path.GetFileName(segment.Path),
            Path = segment.Path,
            Id = header.ChannelId,
            Capacity = segment.Layout.Capacity,
            BytesUsed = Math.Clamp(tail - head, 0, segment.Layout.Capacity),
            MaxSenders = segment.Layout.SlotCount,
            Created = header.Created,
            Creator = ChannelParticipant.Of(header.Creator),
            Schema = ExpectedSchema.TextOf(segment),
            Receiver = header.Receiver.ProcessId == 0 ? null : ChannelParticipant.Of(header.Receiver),
            IsReceiverAttached = isReceiverAttached,
            MessagesReceived = SharedWord.ReadCounter(header.MessagesReceived),
            BytesReceived = SharedWord.ReadCounter(header.BytesReceived),
            DroppedBySenders = SharedWord.ReadCounter(header.DroppedBySenders),
            DroppedByReceiver = SharedWord.ReadCounter(header.DroppedByReceiver),
            IsRetired = segment.IsRetired,
            HeadPosition = head,
            NextPosition = next,
            HeldMessages = held.Messages,
            HeldBytes = held.Bytes,
            HeldSince = held.Since,
            TailPosition = tail,
            Head = state,
            IsRoomAwaited = SharedWord.IsRaised(SharedWord.LoadSignal(header.SpaceSignal)),
            Senders = senders,
            BlockedBy = blockedBy,
            BlockedSince = blockedBy?.ClaimSince,
        };
    }

    private static HeadState StateOf(RecoveryOutcome outcome) => outcome switch
    {
        RecoveryOutcome.NothingClaimed => HeadState.Empty,
        RecoveryOutcome.Valid => HeadState.Ready,
        RecoveryOutcome.OwnerAlive => HeadState.Claimed,
        RecoveryOutcome.Gap => HeadState.Abandoned,
        _ => HeadState.Corrupt,
    };
}
