using IpMpsc.Layout;
using IpMpsc.Segments;

namespace IpMpsc.Observing;

/// <summary>Reads single records of a ring that others use. What it returns may be overwritten meanwhile: the caller checks that afterwards.</summary>
internal readonly unsafe struct RecordReader(SegmentView segment)
{
    /// <summary>How often it reads the head and its counter anew until the two belong together.</summary>
    private const int MaxRaces = 1000;

    private readonly long _capacity = segment.Layout.Capacity;

    /// <summary>What the stamp at a position says; any other value if no record begins there.</summary>
    public RecordState StateAt(long position) =>
        (RecordState)Stamp.StateAt(segment.LoadStamp(position), position, segment.Cookie);

    /// <summary>Whether a state is that of a record: of a message, or of something that is stepped over.</summary>
    public static bool IsRecord(RecordState state) => IsMessage(state) || state is RecordState.Padding or RecordState.Aborted;

    /// <summary>Whether a state is that of a message, with or without a trailer.</summary>
    public static bool IsMessage(RecordState state) => state is RecordState.Message or RecordState.Traced;

    /// <summary>Reads the length of a record once; false if the record would not fit the ring.</summary>
    public bool TryMeasure(long position, RecordState state, out ulong description, out long next)
    {
        description = SharedWord.LoadDescription(segment.Record(position));
        long size = TrailerDescriptor.RecordSize(description, state);
        next = position + size;
        return (position & (_capacity - 1)) + size <= _capacity && next > position;
    }

    /// <summary>Where a filler ends; it has no length that would have to be read. The position itself if the record is not a filler before the end of a lap.</summary>
    public long EndOfFiller(long position, RecordState state) => state == RecordState.Padding ? segment.LapEnd(position) : position;

    /// <summary>Copies a message that was measured.</summary>
    public CopiedRecord Copy(long position, RecordState state, ulong description)
    {
        byte* record = segment.Record(position);
        byte* payload = record + RecordDescriptor.PayloadOffset;
        SharedWord.BeforeCopy(payload, TrailerDescriptor.RecordSize(description, state) - RecordDescriptor.HeaderSize);
        byte[] copy = new ReadOnlySpan<byte>(payload, (int)RecordDescriptor.LengthOf(description)).ToArray();
        byte[]? trailer = state == RecordState.Traced
            ? new ReadOnlySpan<byte>(record + RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description)), TrailerDescriptor.Size).ToArray()
            : null;
        return new CopiedRecord(position, description, copy, trailer);
    }

    /// <summary>
    /// The oldest position whose bytes no sender has reused, as of now: whatever was read at or behind it before this call was read whole.
    /// </summary>
    public long OldestIntact() => Math.Max(0, SharedWord.LoadTailAfterCopy(segment.Header.Tail) - _capacity);

    /// <summary>The published head, and how many messages were received up to there.</summary>
    public long ReadHead(out long messages)
    {
        SegmentHeader header = segment.Header;

        // Invariant: an iteration repeats only after the receiver has released something.
        for (int race = 0; ; race++)
        {
            long head = SharedWord.LoadHead(header.Head);
            messages = SharedWord.ReadCounter(header.MessagesReceived);
            if ((SharedWord.LoadHeadAfterCopy(header.Head) == head && SharedWord.ReadCounter(header.MessagesReceived) == messages)
                || race == MaxRaces)
            {
                return head & -RecordDescriptor.Alignment;
            }
        }
    }

    /// <summary>The first position from <paramref name="from"/> on at which a record begins; <paramref name="end"/> if none does.</summary>
    public long FindRecord(long from, long end)
    {
        // An honest end is at most a capacity away. If another program has written the positions, it may be any number.
        long position = from;
        while (position < end && position - from < _capacity && !segment.IsValid(position))
        {
            position += RecordDescriptor.Alignment;
        }

        return position - from < _capacity ? position : end;
    }
}
