using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// What can be read of a segment: the addresses in it, checked once, and the questions that need no
/// lock and no store. A participant's <see cref="Attachment"/> is one that may write as well.
/// </summary>
internal unsafe class SegmentView
{
    /// <summary>Views a file whose header has been found valid; owns the file from then on.</summary>
    /// <param name="file">The open, mapped file.</param>
    /// <param name="path">The name of the channel, for messages and for its deletion.</param>
    /// <param name="layout">What was found valid; the header may say something else by now.</param>
    public SegmentView(SegmentFile file, string path, SegmentLayout layout)
    {
        File = file;
        Path = path;
        Header = new SegmentHeader(file.Address);
        Layout = layout;
        Cookie = Header.Cookie & ~Stamp.StateMask;
        Data = file.Address + Layout.DataOffset;
    }

    /// <summary>The file, for its locks.</summary>
    public SegmentFile File { get; }

    /// <summary>The channel's path; a file that was just made still knows itself by its temporary one.</summary>
    public string Path { get; }

    public SegmentHeader Header { get; }

    /// <summary>Read from the header once and checked, so that a later change of it by anybody cannot move our bounds.</summary>
    public SegmentLayout Layout { get; }

    /// <summary>Copied from the header once.</summary>
    public ulong Cookie { get; }

    public byte* Data { get; }

    public bool IsRetired => ChannelState.IsRetired(SharedWord.LoadState(Header.State));

    /// <summary>The schema text as it was stored at creation.</summary>
    public ReadOnlySpan<byte> Schema => new(File.Address + Layout.SchemaOffset, Layout.SchemaLength);

    public byte* Slot(int index) => File.Address + SegmentLayout.SlotsOffset + ((long)index * SlotDescriptor.Size);

    public IdentityBlock SlotIdentity(int index) => new(Slot(index) + SlotDescriptor.IdentityOffset);

    /// <summary>
    /// Where the record of a position begins. The low bits of a position that cannot be true are left out,
    /// so that its stamp and description lie within the ring whatever it is.
    /// </summary>
    public byte* Record(long position) => Data + (position & (Layout.Capacity - RecordDescriptor.Alignment));

    /// <summary>The word at which the stamp of a position stands.</summary>
    public ulong LoadStamp(long position) => SharedWord.LoadStamp(Record(position));

    /// <summary>Whether a record of any kind stands at a position.</summary>
    public bool IsValid(long position) => Stamp.IsValid(LoadStamp(position), position, Cookie);

    /// <summary>
    /// The first position of a claim at which no record stands yet; its end, or one beyond it, if there is none. Who
    /// does not hold the records looks at head afterwards: once it has passed the start, their bytes may be others'.
    /// </summary>
    public long FirstUnstamped(long start, long end)
    {
        // Invariant: each iteration moves forward over a whole stamped record of the claim, a batch if several.
        long position = start;
        while (position < end && IsValid(position))
        {
            ulong description = *(ulong*)(Record(position) + RecordDescriptor.LengthOffset);
            position += RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description));
        }

        return position;
    }

    /// <summary>
    /// Reads the claim in a slot: false if there is none, or one that no sender can have made. The two
    /// words are read one after the other, so those of a living owner may be of two claims.
    /// </summary>
    public bool TryReadClaim(int index, out long position, out long end)
    {
        byte* slot = Slot(index);
        position = SharedWord.LoadClaimPosition(slot);
        long length = SharedWord.LoadClaimLength(slot);
        end = position + length;
        return position >= 0
            && length >= RecordDescriptor.HeaderSize
            && length <= Layout.Capacity
            && end > position
            && ((position | end) & (RecordDescriptor.Alignment - 1)) == 0;
    }
}
