using System.Diagnostics;

namespace IpMpsc.Ring;

/// <summary>
/// The records that the receiver has taken and not released, in their order. Each has a ticket, a number that is never used
/// again, by which any thread can ask for it. <see cref="RingConsumer"/> holds its lock for every change.
/// </summary>
/// <remarks>
/// Only the records that are held stand here. Whatever lies between them was released when it was passed. So the ring may be
/// reused up to the first one that stands here, and what was received up to there is what is noted with it.
/// </remarks>
internal sealed class HeldRecords
{
    private const int InitialCapacity = 16;

    private Entry[] _entries = new Entry[InitialCapacity];

    /// <summary>For each ticket, at its index modulo the length: the ticket while its record is held, 0 after that. Read without the lock.</summary>
    private long[] _held = new long[InitialCapacity];

    private long _first = 1;
    private long _next = 1;

    /// <summary>How many records are held.</summary>
    public int Count { get; private set; }

    /// <summary>The first record that is held.</summary>
    public ref readonly Entry First
    {
        get
        {
            Debug.Assert(Count > 0, "A record is held.");
            return ref _entries[IndexOf(_first)];
        }
    }

    /// <summary>Whether the record of a ticket is held. Safe to call from any thread, without the lock.</summary>
    public bool Contains(long ticket)
    {
        long[] held = Volatile.Read(ref _held);
        return Volatile.Read(ref held[ticket & (held.Length - 1)]) == ticket && ticket != 0;
    }

    /// <summary>Adds the record that was taken last.</summary>
    /// <returns>Its ticket.</returns>
    public long Add(in Entry entry)
    {
        if (_next - _first == _entries.Length)
        {
            Grow();
        }

        long ticket = _next++;
        _entries[IndexOf(ticket)] = entry;
        Volatile.Write(ref _held[IndexOf(ticket)], ticket);
        Count++;
        return ticket;
    }

    /// <summary>Removes a record; false if it is not held.</summary>
    /// <param name="ticket">The record's ticket.</param>
    /// <param name="wasFirst">Whether the first one that is held is another one now, or none is.</param>
    public bool TryRemove(long ticket, out bool wasFirst)
    {
        wasFirst = false;
        if (!Contains(ticket))
        {
            return false;
        }

        Volatile.Write(ref _held[IndexOf(ticket)], 0);
        Count--;
        wasFirst = ticket == _first;
        TrimFront();
        return true;
    }

    /// <summary>Removes the records up to and including the one at a position.</summary>
    /// <returns>How many.</returns>
    public int RemoveThrough(long position)
    {
        int before = Count;
        while (Count > 0 && First.Position <= position)
        {
            TryRemove(_first, out _);
        }

        return before - Count;
    }

    /// <summary>Removes all records: their tickets are no longer valid.</summary>
    public void Clear()
    {
        while (Count > 0)
        {
            TryRemove(_first, out _);
        }
    }

    private int IndexOf(long ticket) => (int)(ticket & (_entries.Length - 1));

    /// <summary>Passes the tickets at the front whose records are not held any more.</summary>
    private void TrimFront()
    {
        while (_first < _next && _held[IndexOf(_first)] == 0)
        {
            _first++;
        }
    }

    private void Grow()
    {
        Entry[] entries = new Entry[2 * _entries.Length];
        long[] held = new long[entries.Length];
        for (long ticket = _first; ticket < _next; ticket++)
        {
            entries[ticket & (entries.Length - 1)] = _entries[IndexOf(ticket)];
            held[ticket & (entries.Length - 1)] = _held[IndexOf(ticket)];
        }

        _entries = entries;
        Volatile.Write(ref _held, held);
    }

    /// <summary>A record that is held.</summary>
    /// <param name="Position">Where it stands.</param>
    /// <param name="MessagesBefore">Messages received since the channel was created, up to this one.</param>
    /// <param name="BytesBefore">Payload bytes of those messages.</param>
    /// <param name="Since">When it was taken, in Unix milliseconds.</param>
    internal readonly record struct Entry(long Position, long MessagesBefore, long BytesBefore, long Since);
}
