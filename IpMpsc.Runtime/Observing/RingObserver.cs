using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Segments;

namespace IpMpsc.Observing;

/// <summary>
/// Looks into a ring that others use, without affecting them: it stores nothing and takes no lock. It
/// checks everything after it has copied it, because meanwhile the receiver may have released the bytes and a sender
/// may have overwritten them.
/// </summary>
internal sealed unsafe class RingObserver(SegmentView segment)
{
    /// <summary>How often it starts again behind a faster receiver before it returns what it has.</summary>
    private const int MaxRaces = 1000;

    private readonly long* _headWord = segment.Header.Head;
    private readonly long* _tailWord = segment.Header.Tail;
    private readonly long _capacity = segment.Layout.Capacity;
    private readonly RecordReader _records = new(segment);
    private readonly RingRecovery _recovery = new(segment);
    private readonly HashSet<long> _starts = [];
    private readonly List<long> _ends = [];

    private enum Sight
    {
        Message,
        Filler,
        Claim,
        Changed,
        End,
        Corrupt,
    }

    /// <summary>What the receiver says that it holds.</summary>
    /// <param name="head">The published head.</param>
    public HeldRange FindHeld(long head)
    {
        SegmentHeader header = segment.Header;
        long messages = SharedWord.ReadCounter(header.HeldMessages);
        long bytes = SharedWord.ReadCounter(header.Cursor) - head;
        return messages > 0 && bytes > 0 && bytes <= _capacity && IsPosition(head + bytes)
            ? new HeldRange(messages, bytes, UnixTime.ToDate(SharedWord.ReadCounter(header.HeldSince)))
            : default;
    }

    /// <summary>What the receiver finds next: at its cursor if it holds messages, at head otherwise.</summary>
    /// <param name="hasReceiver">Whether the receiver lives. The next one begins at head.</param>
    /// <param name="head">The published head.</param>
    /// <param name="next">The position that was looked at.</param>
    public RecoveryOutcome ExamineNext(bool hasReceiver, out long head, out long next)
    {
        // Invariant: an iteration repeats only after the receiver has moved head.
        for (int race = 0; race < MaxRaces; race++)
        {
            head = SharedWord.LoadHead(_headWord);
            long held = next = head + (hasReceiver ? FindHeld(head).Bytes : 0);
            RecoveryOutcome outcome = ExamineAt(head, next);
            if (outcome == RecoveryOutcome.FillerLost)
            {
                next = segment.LapEnd(next); // The receiver will find what stands there.
                outcome = ExamineAt(head, next);
            }

            if (SharedWord.LoadHeadAfterCopy(_headWord) == head
                && (!hasReceiver || held == head + FindHeld(head).Bytes))
            {
                return outcome;
            }
        }

        head = SharedWord.LoadHead(_headWord);
        next = head + FindHeld(head).Bytes;
        return RecoveryOutcome.Valid; // A head that keeps moving is not stuck.
    }

    private RecoveryOutcome ExamineAt(long head, long next)
    {
        long tail = SharedWord.LoadTail(_tailWord);
        return !IsPosition(head) || tail < next || tail - segment.LapEnd(head) > _capacity ? RecoveryOutcome.Unowned
            : tail == next ? RecoveryOutcome.NothingClaimed
            : segment.IsValid(next) ? RecoveryOutcome.Valid
            : _recovery.Examine(next);
    }

    /// <summary>Whether the last claim of a slot is one whose records are not all stamped yet.</summary>
    public bool IsInFlight(int slot)
    {
        if (!segment.TryReadClaim(slot, out long start, out long end)
            || start < SharedWord.LoadHead(_headWord)
            || end > SharedWord.LoadTail(_tailWord)
            || segment.IsFillerLost(start)) // It was stamped, or it would not have been overwritten.
        {
            return false;
        }

        // Meanwhile it may have been committed and received, and its bytes reused.
        return segment.FirstUnstamped(start, end) < end
            && SharedWord.LoadHeadAfterCopy(_headWord) <= start
            && segment.TryReadClaim(slot, out long again, out _)
            && again == start;
    }

    /// <summary>Copies the messages that wait, from head on. Together they are at most as long as the ring.</summary>
    /// <param name="most">The largest number of messages to copy.</param>
    /// <param name="records">Where to put them.</param>
    /// <returns>The position of the first corrupt record; -1 if there is none.</returns>
    public long CopyMessages(int most, List<CopiedRecord> records)
    {
        int races = 0;
        int claims = 0;
        long copied = 0;
        long position = SharedWord.LoadHead(_headWord);
        long limit = segment.LapEnd(position) + _capacity;

        // Invariant: each iteration moves forward, over at most a capacity from the last head, or counts as a race.
        while (records.Count < most && copied < _capacity && IsPosition(position) && position < limit)
        {
            Sight sight = Look(position, out CopiedRecord record, out long next);
            long head = SharedWord.LoadHeadAfterCopy(_headWord);
            if (head > position)
            {
                sight = Sight.Changed; // The copy may contain bytes of the next lap.
                position = head;
                limit = segment.LapEnd(head) + _capacity;
            }

            switch (sight)
            {
                case Sight.Message:
                    records.Add(record);
                    copied += next - position;
                    position = next;
                    break;

                case Sight.Filler:
                case Sight.Claim when ++claims <= segment.Layout.SlotCount: // A slot has at most one claim in flight.
                    position = next;
                    break;

                case Sight.Changed when ++races < MaxRaces:
                    break;

                case Sight.Corrupt:
                    return position;

                default:
                    return -1;
            }
        }

        return IsPosition(position) ? -1 : position;
    }

    private static bool IsPosition(long position) => position >= 0 && (position & (RecordDescriptor.Alignment - 1)) == 0;

    /// <summary>Copies the record at a position if it is a message. The copy is not checked yet.</summary>
    private Sight Look(long position, out CopiedRecord record, out long next)
    {
        record = default;
        next = position;
        long tail = SharedWord.LoadTail(_tailWord);
        if (tail <= position)
        {
            return Sight.End;
        }

        RecordState state = _records.StateAt(position);
        if (!RecordReader.IsRecord(state))
        {
            if (segment.LapEnd(position) > position && segment.IsFillerLost(position))
            {
                next = segment.LapEnd(position);
                return Sight.Filler;
            }

            return LookBehindClaim(position, tail, out next);
        }

        if (state == RecordState.Padding && segment.LapEnd(position) > position)
        {
            next = segment.LapEnd(position);
            return Sight.Filler;
        }

        if (!_records.TryMeasure(position, state, out ulong description, out next) || next > tail)
        {
            return Sight.Corrupt;
        }

        if (RecordReader.IsMessage(state))
        {
            record = _records.Copy(position, state, description);
            return Sight.Message;
        }

        return Sight.Filler;
    }

    /// <summary>
    /// Finds the end of a claim that is not committed, as recovery does, to look at the records
    /// behind it: the smallest end at which another record begins.
    /// </summary>
    private Sight LookBehindClaim(long position, long tail, out long next)
    {
        _starts.Clear();
        _ends.Clear();
        for (int slot = 0; slot < segment.Layout.SlotCount; slot++)
        {
            if (segment.TryReadClaim(slot, out long start, out long end))
            {
                _starts.Add(start);
                if (start <= position && position < end)
                {
                    _ends.Add(end);
                }
            }
        }

        next = long.MaxValue;
        foreach (long end in _ends)
        {
            if (end < next && (end == tail || (end < tail && (_starts.Contains(end) || segment.IsValid(end)))))
            {
                next = end;
            }
        }

        // The owner stored its claim before it moved the tail, and keeps it until it has stamped.
        return next < long.MaxValue ? Sight.Claim
            : segment.IsValid(position) ? Sight.Changed
            : _ends.Count > 0 ? Sight.End
            : Sight.Corrupt;
    }
}
