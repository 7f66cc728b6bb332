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
    public static bool IsRecord(RecordState state) => state is RecordState.Message or RecordState.Padding or RecordState.Aborted;

    /// <summary>Reads the length of a record once; false if the record would not fit the ring.</summary>
    public bool TryMeasure(long position, out ulong description, out long next)
    {
        description = SharedWord.LoadDescription(segment.Record(position));
        long size = RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description));
        next = position + size;
        return (position & (_capacity - 1)) + size <= _capacity && next > position;
    }

    /// <summary>Where a filler ends; it has no length that would have to be read. The position itself if the record is not a filler before the end of a lap.</summary>
    public long EndOfFiller(long position, RecordState state) => state == RecordState.Padding ? segment.LapEnd(position) : position;

    /// <summary>The payload of a record that was measured.</summary>
    public ReadOnlySpan<byte> Payload(long position, ulong description)
    {
        byte* payload = segment.Record(position) + RecordDescriptor.PayloadOffset;
        SharedWord.BeforeCopy(payload, RecordDescriptor.LengthOf(description));
        return new ReadOnlySpan<byte>(payload, (int)RecordDescriptor.LengthOf(description));
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
