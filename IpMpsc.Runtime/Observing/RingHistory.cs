using IpMpsc.Layout;
using IpMpsc.Segments;

namespace IpMpsc.Observing;

/// <summary>
/// Reads the messages that were received and released, as far as no sender has reused their room. Nothing clears a record, and a stamp is valid
/// for one position only, so the records of the last lap are still recognised.
/// </summary>
internal sealed unsafe class RingHistory(SegmentView segment)
{
    /// <summary>After this many bytes it checks again where the senders are.</summary>
    private const long BytesPerLook = 1 << 16;

    private readonly RecordReader _records = new(segment);

    /// <summary>Copies messages that were received.</summary>
    /// <param name="newestFirst">Whether to begin at the newest one; the result is in this order.</param>
    /// <param name="since">The first position to look at.</param>
    /// <param name="most">The largest number of messages to copy.</param>
    /// <param name="copies">Where to put them.</param>
    /// <param name="head">The end of the history: the first position that is not released.</param>
    /// <param name="oldest">The start of the history: the first record that is still whole.</param>
    /// <returns>The number of messages that were received and cannot be read any more.</returns>
    public long Copy(bool newestFirst, long since, int most, List<CopiedRecord> copies, out long head, out long oldest)
    {
        head = _records.ReadHead(out long received);
        Queue<long> positions = Index(head, newestFirst, since, most, out oldest, out long count);
        IEnumerable<long> wanted = newestFirst ? positions.Reverse() : positions;
        foreach (long position in wanted)
        {
            CopiedRecord? copy = TryCopy(position);
            if (copy is { } whole)
            {
                copies.Add(whole);
            }
            else
            {
                oldest = Math.Max(oldest, position + RecordDescriptor.Alignment);
                if (newestFirst)
                {
                    break; // Whatever is older was overwritten before.
                }
            }
        }

        oldest = Math.Min(oldest, head);
        return Math.Max(0, received - count);
    }

    /// <summary>Walks over the history once and remembers where the messages are that are wanted.</summary>
    private Queue<long> Index(long head, bool newest, long since, int most, out long oldest, out long count)
    {
        Queue<long> positions = [];
        count = 0;
        oldest = _records.FindRecord(_records.OldestIntact(), head);
        long position = oldest;
        long nextLook = position + BytesPerLook;

        // Invariant: each iteration moves forward, over a record or to the next one that can be recognised.
        while (position < head)
        {
            RecordState state = _records.StateAt(position);
            long endOfFiller = _records.EndOfFiller(position, state);
            bool isRecord = RecordReader.IsRecord(state) && _records.TryMeasure(position, state, out _, out _);
            long next = endOfFiller > position ? endOfFiller
                : isRecord ? NextOf(position, state)
                : _records.FindRecord(position + RecordDescriptor.Alignment, head);
            if (isRecord && RecordReader.IsMessage(state) && next <= head)
            {
                count++;
                if (position >= since)
                {
                    Remember(positions, position, newest, most);
                }
            }

            position = next;
            if (position >= nextLook || position >= head)
            {
                nextLook = position + BytesPerLook;
                Forget(positions, ref oldest, ref position, ref count, head);
            }
        }

        return positions;
    }

    private long NextOf(long position, RecordState state)
    {
        _records.TryMeasure(position, state, out _, out long next);
        return Math.Max(next, position + RecordDescriptor.Alignment); // It may have been overwritten since it was measured.
    }

    private static void Remember(Queue<long> positions, long position, bool newest, int most)
    {
        if (positions.Count < most)
        {
            positions.Enqueue(position);
        }
        else if (newest && most > 0)
        {
            positions.Dequeue();
            positions.Enqueue(position);
        }
    }

    /// <summary>Drops what senders have overwritten meanwhile. If they have overtaken the walk, it begins again.</summary>
    private void Forget(Queue<long> positions, ref long oldest, ref long position, ref long count, long head)
    {
        long intact = _records.OldestIntact();
        if (intact <= oldest)
        {
            return;
        }

        while (positions.Count > 0 && positions.Peek() < intact)
        {
            positions.Dequeue();
        }

        if (intact >= position)
        {
            count = 0;
            position = _records.FindRecord(intact, head);
        }

        oldest = intact;
    }

    private CopiedRecord? TryCopy(long position)
    {
        RecordState state = _records.StateAt(position);
        if (!RecordReader.IsMessage(state) || !_records.TryMeasure(position, state, out ulong description, out _))
        {
            return null;
        }

        CopiedRecord copy = _records.Copy(position, state, description);
        return _records.OldestIntact() <= position ? copy : null;
    }
}
