using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Segments;

namespace IpMpsc.Ring;

/// <content>
/// Holding: records that were taken stay in the ring while the receiver continues behind them. There are two positions then,
/// the cursor, at which the receiver looks, and the published head, before which all room is free.
/// </content>
/// <remarks>
/// The receiver's thread alone moves the cursor, and only it begins to hold. Any thread may release. While something is held,
/// both do their work under one lock; while nothing is held, nobody takes it.
/// </remarks>
internal sealed unsafe partial class RingConsumer
{
    private readonly Lock _holdGate = new();
    private readonly HeldRecords _held = new();
    private bool _isHolding;

    // What was received up to the cursor, while it is ahead of head. The shared counters say what was received up to head.
    private long _messagesPassed;
    private long _bytesPassed;

    /// <summary>How many records are held.</summary>
    public int HeldCount
    {
        get
        {
            lock (_holdGate)
            {
                return _held.Count;
            }
        }
    }

    /// <summary>While records are held the receiver keeps its place and its mapping.</summary>
    protected override bool MustStay => Volatile.Read(ref _isHolding);

    /// <summary>Whether a record is held. Any thread may ask.</summary>
    public bool IsHeld(long ticket) => _held.Contains(ticket);

    /// <summary>Holds the message in hand, which may be released by its ticket, and continues behind it.</summary>
    public long Hold()
    {
        lock (_holdGate)
        {
            if (!_isHolding)
            {
                _messagesPassed = SharedWord.ReadCounter(Attachment.Header.MessagesReceived);
                _bytesPassed = SharedWord.ReadCounter(Attachment.Header.BytesReceived);
            }

            long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            long ticket = _held.Add(new HeldRecords.Entry(_cursor, _messagesPassed, _bytesPassed, now));
            Volatile.Write(ref _isHolding, true);
            _messagesPassed++;
            _bytesPassed += RecordDescriptor.LengthOf(_description);
            _cursor += _recordSize;
            _recordSize = 0;
            DescribeHeld();
            return ticket;
        }
    }

    /// <summary>Releases a record that is held; false if it is not. Any thread may call it.</summary>
    public bool ReleaseHeld(long ticket)
    {
        lock (_holdGate)
        {
            if (!_held.TryRemove(ticket, out bool wasFirst))
            {
                return false;
            }

            AfterRelease(movesHead: wasFirst);
        }

        LeaveIfClosed();
        return true;
    }

    /// <summary>Releases all held records up to and including the one at a position. Any thread may call it.</summary>
    /// <returns>How many.</returns>
    public int ReleaseHeldThrough(long position)
    {
        int released;
        lock (_holdGate)
        {
            released = _held.RemoveThrough(position);
            if (released > 0)
            {
                AfterRelease(movesHead: true);
            }
        }

        LeaveIfClosed();
        return released;
    }

    /// <summary>Goes back to the first record that is held; nothing is held after that.</summary>
    public void Rewind()
    {
        lock (_holdGate)
        {
            if (_isHolding)
            {
                _cursor = _held.First.Position;
                _held.Clear();
                DescribeHeld();
                Volatile.Write(ref _isHolding, false);
            }
        }

        _dropRule?.Rewind();
        _nextLook = 0;
    }

    /// <summary>The payload of a record that is held.</summary>
    public ReadOnlySpan<byte> HeldPayload(long position, ulong description) =>
        new(_data + (position & _mask) + RecordDescriptor.PayloadOffset, (int)RecordDescriptor.LengthOf(description));

    /// <summary>
    /// Claims all room that is free, for good, if the channel was deleted and everything in it was taken. From then on head
    /// stays where it is: what is released after that is given to nobody.
    /// </summary>
    public bool TrySeal()
    {
        if (!_isSealed)
        {
            lock (_holdGate)
            {
                _isSealed = RingSeal.TrySet(Attachment, _isHolding ? _held.First.Position : _cursor, _cursor);
                _sealPosition = _isSealed ? _cursor : _sealPosition;
            }
        }

        return IsAtSeal;
    }

    /// <summary>Whether nothing will ever come at the cursor, because the seal begins there.</summary>
    private bool IsAtSeal => _isSealed && _cursor == _sealPosition;

    /// <summary>Moves the cursor over a record that is released, while others before it are held.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AdvanceBehindHeld(long length, int messages, long bytes)
    {
        lock (_holdGate)
        {
            if (_isHolding)
            {
                _messagesPassed += messages;
                _bytesPassed += bytes;
                _cursor += length;
                DescribeHeld();
                return;
            }
        }

        // Another thread has released the last one meanwhile. Nobody else begins to hold.
        if (messages != 0)
        {
            SharedWord.AddToCounter(Attachment.Header.MessagesReceived, messages);
            SharedWord.AddToCounter(Attachment.Header.BytesReceived, bytes);
        }

        PublishHead(_cursor + length);
    }

    /// <summary>Publishes what a release has changed. What touches the segment comes before the mark that nothing is held.</summary>
    private void AfterRelease(bool movesHead)
    {
        bool isHolding = _held.Count > 0;
        if (movesHead)
        {
            (long head, long messages, long bytes) = isHolding
                ? (_held.First.Position, _held.First.MessagesBefore, _held.First.BytesBefore)
                : (_cursor, _messagesPassed, _bytesPassed);
            SharedWord.StoreCounter(Attachment.Header.MessagesReceived, messages);
            SharedWord.StoreCounter(Attachment.Header.BytesReceived, bytes);
            if (!_isSealed)
            {
                CrashPoint.Before("release.publish-head");
                SharedWord.StoreHead(_headWord, head);
                _spaceSignal.WakeIfRaised();
            }
        }

        DescribeHeld();
        Volatile.Write(ref _isHolding, isHolding);
    }

    /// <summary>Says in the receiver's line what is held, for people to read.</summary>
    private void DescribeHeld()
    {
        SegmentHeader header = Attachment.Header;
        SharedWord.StoreCounter(header.HeldMessages, _held.Count);
        SharedWord.StoreCounter(header.HeldSince, _held.Count > 0 ? _held.First.Since : 0);
        SharedWord.StoreCounter(header.Cursor, _cursor);
    }
}
