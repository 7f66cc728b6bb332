using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Ring;

/// <content>
/// Dropping: a receiver with a rule steps over messages that the rule names. To the ring that is the same as to take a message and to release it.
/// </content>
internal sealed unsafe partial class RingConsumer
{
    /// <summary>A bit that makes a cookie one that no stamp has.</summary>
    private const ulong NoCookie = 1UL << 63;

    private readonly IDropRule? _dropRule;

    /// <summary>The cookie of the short ways, which look at one record only. With a rule they find nothing, so every message takes the long way.</summary>
    private ulong _shortWayCookie;

    private long _dropped;

    /// <summary>Which messages the receiver steps over; null for none.</summary>
    public IDropRule? DropRule
    {
        get => _dropRule;
        init
        {
            _dropRule = value;
            _shortWayCookie = value is null ? _cookie : _cookie ^ NoCookie;
        }
    }

    /// <summary>Messages that this receiver has stepped over, and that senders have dropped since it joined.</summary>
    public long DroppedMessages => Volatile.Read(ref _dropped) + Attachment.DroppedBySenders - _droppedBefore;

    /// <summary>Bytes from the cursor to the tail: messages that wait, and claims.</summary>
    public long Backlog => SharedWord.LoadTail(Attachment.Header.Tail) - _cursor;

    /// <summary>The payload of a record that stands behind the cursor and is a message.</summary>
    public ReadOnlySpan<byte> PayloadAt(long position, ulong description) => HeldPayload(position, description);

    /// <summary>What stands at a position from the cursor on, at most a lap away.</summary>
    /// <param name="position">Where a record begins or will begin.</param>
    /// <param name="isMessage">Whether it is a message.</param>
    /// <param name="description">Its length, id and version.</param>
    /// <returns>Where the next record begins; <paramref name="position"/> if nothing sound stands there yet.</returns>
    public long Look(long position, out bool isMessage, out ulong description)
    {
        isMessage = false;
        description = 0;
        byte* record = _data + (position & _mask);
        RecordState state = (RecordState)Stamp.StateAt(SharedWord.LoadStamp(record), position, _cookie); // STEP drop.look
        switch (state)
        {
            case RecordState.Padding when (position & _mask) != 0:
                return Attachment.LapEnd(position);

            case RecordState.Message or RecordState.Traced:
                description = *(ulong*)(record + RecordDescriptor.LengthOffset);
                long next = EndOf(position, description, state);
                isMessage = next != position;
                return next;

            case RecordState.Aborted:
                return EndOf(position, *(ulong*)(record + RecordDescriptor.LengthOffset), state);

            default:
                return position;
        }
    }

    /// <summary>The end of a record; its beginning if it is corrupt, which is reported when the cursor comes to it.</summary>
    private long EndOf(long position, ulong description, RecordState state)
    {
        long size = TrailerDescriptor.RecordSize(description, state);
        return (position & _mask) + size <= _capacity ? position + size : position;
    }

    /// <summary>Steps over the message in hand if the rule says so.</summary>
    private bool TryDrop()
    {
        long size = _recordSize;
        _recordSize = 0; // If the rule throws, no message is in hand.
        if (_dropRule is null || !_dropRule.MustDrop(this, _cursor))
        {
            _recordSize = size;
            return false;
        }

        Volatile.Write(ref _dropped, _dropped + 1);
        SharedWord.AddToCounter(Attachment.Header.DroppedByReceiver, 1);
        CrashPoint.Before("release.publish-head");
        Advance(size);
        return true;
    }
}
