using IpMpsc.Layout;
using IpMpsc.Ring;

namespace IpMpsc.Dropping;

/// <summary>
/// Steps over each message of which a newer one of the same key is committed. It looks ahead, once at each message, as far as everything is committed:
/// what stands behind a claim that is under way is not known yet.
/// </summary>
internal sealed class LatestDropRule : IDropRule
{
    private readonly HashSet<long> _superseded = [];
    private readonly Dictionary<ushort, KeyTable> _ofType = [];
    private KeyTable? _ofAll;
    private long _seen;

    /// <summary>Tells the key of the messages of one type.</summary>
    public void SetKey(ushort messageId, KeyTable table)
    {
        _ofType[messageId] = table;
        Rewind();
    }

    /// <summary>Tells the key of all messages, whatever their ids.</summary>
    public void SetKey(KeyTable table)
    {
        _ofAll = table;
        Rewind();
    }

    public bool MustDrop(RingConsumer ring, long cursor)
    {
        LookAhead(ring, cursor);
        return _superseded.Remove(cursor);
    }

    public void Rewind()
    {
        // Everything from the cursor on is looked at again.
        _seen = 0;
        _superseded.Clear();
        _ofAll?.Clear();
        foreach (KeyTable table in _ofType.Values)
        {
            table.Clear();
        }
    }

    /// <summary>Ends at a position that is not committed, at the latest after a lap: nothing is released meanwhile.</summary>
    private void LookAhead(RingConsumer ring, long cursor)
    {
        long position = Math.Max(_seen, cursor);
        while (ring.Look(position, out bool isMessage, out ulong description) is var next && next != position)
        {
            if (isMessage)
            {
                Note(ring, position, description, cursor);
            }

            position = next;
            _seen = next;
        }
    }

    private void Note(RingConsumer ring, long position, ulong description, long cursor)
    {
        ushort id = RecordDescriptor.MessageIdOf(description);
        KeyTable table = _ofAll ?? TableOf(id);
        table.ForgetBefore(cursor);
        try
        {
            long older = table.Note(ring.PayloadAt(position, description), RecordDescriptor.SchemaVersionOf(description), position);
            if (older >= cursor)
            {
                _superseded.Add(older);
            }
        }
        catch (Exception)
        {
            // It has no key, so it neither supersedes a message nor is superseded: it is handed out. If it cannot be decoded, the receive reports that.
        }
    }

    private KeyTable TableOf(ushort id)
    {
        if (!_ofType.TryGetValue(id, out KeyTable? table))
        {
            table = new KeyTable<bool>(static (_, _) => true); // Without a key, all messages of a type have the same one.
            _ofType.Add(id, table);
        }

        return table;
    }
}
