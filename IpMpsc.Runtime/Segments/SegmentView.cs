using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>
/// A readable segment: its addresses, checked once, and the questions that need neither a lock nor a store. A
/// participant's <see cref="Attachment"/> can write as well.
/// </summary>
internal unsafe class SegmentView
{
    /// <summary>Views a file whose header is valid, and owns the file from then on.</summary>
    /// <param name="file">The open, mapped file.</param>
    /// <param name="path">The name of the channel, for messages and for its deletion.</param>
    /// <param name="layout">The checked layout. The header itself may have changed since.</param>
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

    /// <summary>The channel's path.</summary>
    public string Path { get; }

    public SegmentHeader Header { get; }

    /// <summary>Read from the header once and checked, so a later change of the header cannot move our bounds.</summary>
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
    /// Where the record of a position begins. Clears the low bits of an impossible position, so that stamp and
    /// description lie within the ring whatever the position is.
    /// </summary>
    public byte* Record(long position) => Data + (position & (Layout.Capacity - RecordDescriptor.Alignment));

    /// <summary>Loads the word where the stamp of a position belongs.</summary>
    public ulong LoadStamp(long position) => SharedWord.LoadStamp(Record(position));

    /// <summary>Whether a record of any kind lies at a position.</summary>
    public bool IsValid(long position) => Stamp.IsValid(LoadStamp(position), position, Cookie);

    /// <summary>The next position at which a lap of the ring begins; a position at which one begins itself.</summary>
    public long LapEnd(long position) => (position + Layout.Capacity - 1) & -Layout.Capacity;

    /// <summary>
    /// Whether the filler that stood at head has been overwritten. Its room is free as long as it stands at head, so the tail
    /// is then more than a lap ahead, which it never is otherwise. The caller has seen before that no valid stamp is there.
    /// </summary>
    public bool IsFillerLost(long head) => SharedWord.LoadTail(Header.Tail) - head > Layout.Capacity;

    /// <summary>
    /// The first position of a claim that has no record yet; its end, or a position beyond it, if every record is
    /// stamped. A caller that does not own the records reads head afterwards: once head has passed the start, the
    /// bytes may belong to other records.
    /// </summary>
    public long FirstUnstamped(long start, long end)
    {
        // Invariant: each iteration moves over one whole stamped record of the claim; a batch has several.
        long position = start;
        while (position < end && LoadStamp(position) is var stamp && Stamp.IsValid(stamp, position, Cookie))
        {
            ulong description = SharedWord.LoadDescription(Record(position));
            position += TrailerDescriptor.RecordSize(description, (RecordState)Stamp.StateAt(stamp, position, Cookie));
        }

        return position;
    }

    /// <summary>
    /// Reads the claim in a slot: false if there is none, or one that no sender can have stored. The two words are
    /// read one after the other, so those of a living owner may belong to two claims.
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
