namespace IpMpsc.Layout;

/// <summary>
/// Byte map of the header page, the first 4096 bytes of a segment.
/// <code>
///      0  magic u64 (stored last)        8  layout version u32     12  slot count u32
///     16  capacity i64                  24  cookie u64             32  schema fingerprint u64
///     40  slots offset i64              48  schema offset i64      56  schema length i64
///     64  data offset i64               72  segment size i64       80  channel id, 16 bytes
///     96  created, Unix ms i64         104  creator's identity     184  wake-up u32
///
///    256  tail line       +0 tail position i64
///    384  head line       +0 head position i64   +8 messages received   +16 bytes received
///                    +24 messages dropped by the receiver
///    512  receiver signal +0 wait word u32 (0 awake, 1 asleep)   +4 channel state u32
///    640  space signal    +0 wait word u32 (0 nobody, 1 a sender sleeps)
///    768  receiver line   +0 the receiver's identity   +80 blocked at i64   +88 blocked since, Unix ms i64
///                    +96 messages held i64   +104 held since, Unix ms i64   +112 cursor i64
///    896  presence line   +0 joins of senders i64   +8 joins whose end a receiver has left with i64
///   1024  dropped line    +0 messages dropped by senders i64
/// </code>
/// Every contended word has 128 bytes to itself, because processors fetch adjacent cache lines in pairs.
/// </summary>
internal static class HeaderDescriptor
{
    /// <summary>"IpMpsc" and two bytes that do not occur in a text file, read as a little-endian word.</summary>
    public const ulong Magic = 0x1A89_6373_704D_7049;

    /// <summary>Increases with every change of a descriptor in this folder.</summary>
    public const uint LayoutVersion = 4;

    /// <summary>The distance between two contended words.</summary>
    public const int LineSize = 128;

    public const int MagicOffset = 0;
    public const int LayoutVersionOffset = MagicOffset + sizeof(ulong);
    public const int SlotCountOffset = LayoutVersionOffset + sizeof(uint);
    public const int CapacityOffset = SlotCountOffset + sizeof(uint);
    public const int CookieOffset = CapacityOffset + sizeof(long);
    public const int FingerprintOffset = CookieOffset + sizeof(ulong);
    public const int SlotsOffset = FingerprintOffset + sizeof(ulong);
    public const int SchemaOffset = SlotsOffset + sizeof(long);
    public const int SchemaLengthOffset = SchemaOffset + sizeof(long);
    public const int DataOffset = SchemaLengthOffset + sizeof(long);
    public const int SegmentSizeOffset = DataOffset + sizeof(long);
    public const int ChannelIdOffset = SegmentSizeOffset + sizeof(long);
    public const int CreatedOffset = ChannelIdOffset + 16;
    public const int CreatorOffset = CreatedOffset + sizeof(long);
    public const int WakeUpOffset = CreatorOffset + IdentityDescriptor.Size;

    public const int TailLine = 2 * LineSize;
    public const int TailOffset = TailLine;

    public const int HeadLine = TailLine + LineSize;
    public const int HeadOffset = HeadLine;
    public const int MessagesReceivedOffset = HeadOffset + sizeof(long);
    public const int BytesReceivedOffset = MessagesReceivedOffset + sizeof(long);
    public const int DroppedByReceiverOffset = BytesReceivedOffset + sizeof(long);

    public const int ReceiverSignalLine = HeadLine + LineSize;
    public const int ReceiverSignalOffset = ReceiverSignalLine;
    public const int ChannelStateOffset = ReceiverSignalOffset + sizeof(uint);

    public const int SpaceSignalLine = ReceiverSignalLine + LineSize;
    public const int SpaceSignalOffset = SpaceSignalLine;

    public const int ReceiverLine = SpaceSignalLine + LineSize;
    public const int ReceiverIdentityOffset = ReceiverLine;
    public const int BlockedAtOffset = ReceiverIdentityOffset + IdentityDescriptor.Size;
    public const int BlockedSinceOffset = BlockedAtOffset + sizeof(long);

    public const int HeldMessagesOffset = BlockedSinceOffset + sizeof(long);
    public const int HeldSinceOffset = HeldMessagesOffset + sizeof(long);
    public const int CursorOffset = HeldSinceOffset + sizeof(long);

    public const int PresenceLine = ReceiverLine + LineSize;
    public const int JoinsOffset = PresenceLine;
    public const int CompletedOffset = JoinsOffset + sizeof(long);

    public const int DroppedLine = PresenceLine + LineSize;
    public const int DroppedBySendersOffset = DroppedLine;

    public const int Size = 4096;
}
