using IpMpsc.Layout;
using IpMpsc.Segments;

namespace IpMpsc.Observing;

/// <summary>
/// Reads every message as it passes, beside the receiver. It copies a run of messages and looks only once, after that, whether senders have
/// overwritten them meanwhile: the tail belongs to the senders' line, and each look at it costs them time.
/// </summary>
internal sealed unsafe class RingTap
{
    /// <summary>The largest run, in bytes of the ring. A run is also never longer than an eighth of the ring.</summary>
    private const long LongestRun = 1 << 16;

    private readonly SegmentView _segment;
    private readonly RecordReader _records;
    private readonly Queue<CopiedRecord> _run = new();
    private readonly long _mostBytes;
    private long _position;
    private long _passed;

    /// <summary>Begins at the first message that is not released yet.</summary>
    public RingTap(SegmentView segment)
    {
        _segment = segment;
        _records = new RecordReader(segment);
        _mostBytes = Math.Min(LongestRun, segment.Layout.Capacity / 8);
        GoToHead();
    }

    /// <summary>Messages that were overwritten before they could be read.</summary>
    public long MissedMessages { get; private set; }

    /// <summary>Bytes of the ring in which those were, with headers and fillers.</summary>
    public long MissedBytes { get; private set; }

    /// <summary>The next message, if it is committed.</summary>
    public bool TryRead(out CopiedRecord message) => _run.TryDequeue(out message) || (TryCopyRun() && _run.TryDequeue(out message));

    /// <summary>Copies the messages that are there, up to a length.</summary>
    private bool TryCopyRun()
    {
        long start = _position;
        long position = start;
        int messages = 0;
        while (position - start < _mostBytes && TryStep(ref position))
        {
            messages = _run.Count;
        }

        long intact = _records.OldestIntact();
        if (intact <= start)
        {
            _position = position;
            _passed += messages;
            return messages > 0;
        }

        // What was copied may be of the next lap. A tap that was overtaken continues at head, and has a lap's time
        // again.
        _run.Clear();
        long passed = _passed;
        GoToHead();
        MissedMessages += Math.Max(0, _passed - passed);
        MissedBytes += Math.Max(0, _position - start);
        return false;
    }

    /// <summary>Moves over one record, and copies it if it is a message; false if there is none yet.</summary>
    private bool TryStep(ref long position)
    {
        RecordState state = _records.StateAt(position);
        if (!RecordReader.IsRecord(state))
        {
            return TryStepOverGap(ref position);
        }

        long endOfFiller = _records.EndOfFiller(position, state);
        if (endOfFiller > position)
        {
            position = endOfFiller;
            return true;
        }

        if (!_records.TryMeasure(position, state, out ulong description, out long next))
        {
            return TryStepOverGap(ref position);
        }

        if (RecordReader.IsMessage(state))
        {
            _run.Enqueue(_records.Copy(position, state, description));
        }

        position = next;
        return true;
    }

    /// <summary>What stands before head and is no record is the gap of a dead sender, or a corrupt record that was skipped.</summary>
    private bool TryStepOverGap(ref long position)
    {
        long head = SharedWord.LoadHead(_segment.Header.Head);
        if (position >= head)
        {
            return false; // Claimed and not committed, or not even claimed.
        }

        // Looked at again, behind head: since the look that found none, the record may have been committed, received and released.
        RecordState state = _records.StateAt(position);
        if (!RecordReader.IsRecord(state) || !_records.TryMeasure(position, state, out _, out _))
        {
            position = _records.FindRecord(position + RecordDescriptor.Alignment, head);
        }

        return true;
    }

    /// <summary>
    /// Continues at head, which is the one position where a record surely begins and the number of messages before it
    /// is known.
    /// </summary>
    private void GoToHead()
    {
        _position = _records.ReadHead(out _passed);

        // Senders may reuse the room of a filler that the receiver has not passed yet.
        if (_segment.IsFillerLost(_position) && SharedWord.LoadHeadAfterCopy(_segment.Header.Head) == _position)
        {
            _position = _segment.LapEnd(_position);
        }
    }
}
