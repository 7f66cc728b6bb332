using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Waiting;

namespace IpMpsc.Ring;

/// <content>What makes streams and round trips fast: runs of equal messages, short waits, and cache lines that are where they are needed next.</content>
internal sealed unsafe partial class RingConsumer
{
    /// <summary>Iterations of a spin wait for each message in a row: a tenth of a microsecond.</summary>
    private const int RestForEach = 3;

    /// <summary>Messages in a row that make the rest longer: it takes four microseconds at most.</summary>
    private const int MostRestedFor = 40;

    /// <summary>After this many messages in a row, the sender is probably writing the next one.</summary>
    private const int StreamLength = 4;

    /// <summary>Bytes. Where lines are larger, some are written to twice.</summary>
    private const int CacheLine = 64;

    /// <summary>Bytes. The lines of larger records are fetched ahead while they are copied, and writing to each would take longer than it saves.</summary>
    private const int LargestTaken = 2048;

    private long _receivedAtWait;

    /// <summary>
    /// The payload of the message at a position, which is the cursor or behind it in a run of messages of the same type, version and length. The run
    /// is not in hand; <see cref="ReleaseRun"/> releases it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeExactly(long position, ulong description, out ReadOnlySpan<byte> payload)
    {
        AssertInvariants();
        long index = position & _mask;
        byte* record = _data + index;
        int length = (int)RecordDescriptor.LengthOf(description);
        payload = new ReadOnlySpan<byte>(record + RecordDescriptor.PayloadOffset, length);
        CrashPoint.Before("receive.read-stamp");
        return Stamp.StateAt(SharedWord.LoadStamp(record), position, _shortWayCookie) == (ulong)RecordState.Message
            && *(ulong*)(record + RecordDescriptor.LengthOffset) == description
            && index + RecordDescriptor.RecordSize(length) <= _capacity;
    }

    /// <summary>Where a run from a position on is released at the latest: a run is one piece of memory, so it ends with the lap.</summary>
    /// <param name="position">The beginning of the run.</param>
    /// <param name="bytes">About how many bytes are released at once.</param>
    public long EndOfRun(long position, int bytes) => Math.Min(position + bytes, Attachment.LapEnd(position));

    /// <summary>Releases the messages from the cursor up to a position, all of which <see cref="TryTakeExactly(long, ulong, out ReadOnlySpan{byte})"/> found.</summary>
    public void ReleaseRun(long end, ulong description)
    {
        long length = RecordDescriptor.LengthOf(description);
        long size = end - _cursor;
        int messages = (int)(size / RecordDescriptor.RecordSize(length));
        if (Volatile.Read(ref _isHolding))
        {
            AdvanceBehindHeld(size, messages, messages * length);
            return;
        }

        if (MayTakeLines && length <= LargestTaken)
        {
            TakeLines(_data + (_cursor & _mask), size);
        }

        CountReceived(messages, messages * length);
        CrashPoint.Before("release.publish-head");
        PublishHead(end);
    }

    /// <summary>Whether the last look behind the messages that were received found nothing.</summary>
    public bool HasCaughtUp => _caughtUpAt == _cursor;

    /// <summary>Notes that a run has ended, usually because nothing is behind it yet.</summary>
    public void NoteEndOfRun() => _caughtUpAt = _cursor;

    /// <summary>
    /// Begins to wait: polls for as long as the answer of a process that polls, too, may take. What comes in that time is not kept waiting by anything
    /// that a longer wait needs.
    /// </summary>
    /// <returns>Whether there is a record now. If so, the wait for it is counted.</returns>
    public bool PollForRecord()
    {
        bool wasThere = IsRecordThere;
        if (!wasThere)
        {
            _caughtUpAt = _cursor;
        }

        RestBehindStream(); // Also if it was there: it came a moment ago, so the sender is writing the next one.
        for (int poll = 0; poll < Waiter.PollsPerTick; poll++)
        {
            if (IsRecordThere)
            {
                _waits += wasThere ? 0 : 1;
                return true;
            }

            PollPause.Take();
        }

        return false;
    }

    private bool IsRecordThere
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Stamp.IsValid(SharedWord.LoadStamp(_data + (_cursor & _mask)), _cursor, _cookie);
    }

    /// <summary>
    /// Lets a sender that is in the middle of a stream get ahead. A receiver that polls right behind it takes each cache line away while it is written; after
    /// a rest, the next look finds many messages.
    /// </summary>
    /// <remarks>
    /// The rest grows with the number of messages before it, so that a message behind a short burst does not wait for long. It has to be longer than the sender
    /// needs for as many messages while its lines are taken away, or the receiver never gets out of its way.
    /// </remarks>
    public void RestBehindStream()
    {
        long received = SharedWord.ReadCounter((long*)((byte*)_headWord - HeaderDescriptor.HeadOffset + HeaderDescriptor.MessagesReceivedOffset));
        long streamed = received - _receivedAtWait;
        _receivedAtWait = received;
        if (streamed >= StreamLength && SpinBudget.MayPoll)
        {
            Thread.SpinWait((int)Math.Min(streamed, MostRestedFor) * RestForEach); // Not the product first: the count is in shared memory.
        }
    }

    /// <summary>A receiver that has been behind for a lap has no time for <see cref="TakeLines"/>: it sets the pace, and its senders wait.</summary>
    private bool MayTakeLines
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _cursor - _caughtUpAt < _capacity;
    }

    /// <summary>
    /// Makes the cache lines that begin in a record this processor's alone, by storing what they hold. Of a line that was only read, sender and receiver both
    /// keep a copy, and the sender's next lap has to take it back from two processors, which is up to three times slower.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TakeLines(byte* record, long size)
    {
        byte* end = record + size;
        for (byte* line = record + (-(nint)record & (CacheLine - 1)); line < end; line += CacheLine)
        {
            SharedWord.Rewrite(line);
        }
    }
}
