using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Segments;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Ring;

/// <summary>
/// The receiving side of the ring: one message in hand at a time, read in place, then released or held.
/// The steps are those of spec/reservation.pml.
/// </summary>
internal sealed unsafe partial class RingConsumer : Participant
{
    /// <summary>A record without an owner is reported as corrupt after this many looks, each at least a millisecond after the last.</summary>
    private const int LooksBeforeCorrupt = 5;

    private readonly byte* _data;
    private readonly long _capacity;
    private readonly long _mask;
    private readonly ulong _cookie;
    private readonly long* _headWord;
    private readonly Signal _spaceSignal;
    private readonly RingRecovery _recovery;

    private long _cursor;
    private long _recordSize;
    private ulong _description;
    private long _caughtUpAt;
    private long _nextLook;
    private readonly long _receivedBefore;
    private readonly long _bytesBefore;
    private readonly long _completedBefore;
    private readonly long _droppedBefore;
    private long _measuredTo;
    private long _waits;
    private long _skipped;
    private int _unownedLooks;
    private bool _isSealed;
    private long _sealPosition = SlotDescriptor.NoClaim;
    private long _blockedAt = SlotDescriptor.NoClaim;
    private long _completed;

    /// <summary>Continues at the first message that was not released. The attachment holds the lock of the receiver's place.</summary>
    public RingConsumer(Attachment attachment) : base(attachment, attachment.ReceiverSignal, sleepsAlone: true)
    {
        _data = attachment.Data;
        _capacity = attachment.Layout.Capacity;
        _mask = _capacity - 1;
        _cookie = attachment.Cookie;
        _shortWayCookie = _cookie;
        _headWord = attachment.Header.Head;
        _spaceSignal = attachment.SpaceSignal;
        _recovery = new RingRecovery(attachment);

        // Head was checked when the channel was opened, but that was another load. From now on this copy is the truth.
        _cursor = SharedWord.LoadHead(_headWord) & ~(long)Stamp.StateMask;
        _caughtUpAt = _cursor;
        DescribeHeld(); // Whatever the last receiver held is received again.
        _receivedBefore = SharedWord.ReadCounter(attachment.Header.MessagesReceived);
        _bytesBefore = SharedWord.ReadCounter(attachment.Header.BytesReceived);
        _completedBefore = SharedWord.LoadCompleted(attachment.Header.Completed);
        _completed = _completedBefore;
        _droppedBefore = SharedWord.ReadCounter(attachment.Header.DroppedBySenders);
    }

    /// <summary>The position of the message in hand, or of the next one. While records are held, it is ahead of the published head.</summary>
    public long Cursor => _cursor;

    /// <summary>Whether a message is in hand.</summary>
    public bool HasMessage => _recordSize != 0;

    /// <summary>Whether the channel ends with this receiver.</summary>
    public bool DeletesChannel { get; init; }

    /// <summary>Whether a wait ends when every sender has left and every message was received.</summary>
    public bool EndsWithSenders { get; init; }

    /// <summary>How many gaps of dead senders this receiver has skipped.</summary>
    public long Recoveries { get; private set; }

    /// <summary>Length, id and version of the message in hand.</summary>
    public ulong Description => _description;

    /// <summary>The payload of the message in hand.</summary>
    public ReadOnlySpan<byte> Payload
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(
            _data + (_cursor & _mask) + RecordDescriptor.PayloadOffset, (int)RecordDescriptor.LengthOf(_description));
    }

    /// <summary>Whether the message in hand has a trailer.</summary>
    public bool HasTrailer => _recordSize > RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(_description));

    /// <summary>The trailer of a traced message that is in hand or held.</summary>
    public byte* Trailer(long position, ulong description) =>
        _data + (position & _mask) + RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description));

    public override string Role => "receiver";

    public override ChannelTally Tally => new(
        SharedWord.ReadCounter(Attachment.Header.MessagesReceived) - _receivedBefore,
        SharedWord.ReadCounter(Attachment.Header.BytesReceived) - _bytesBefore,
        _waits,
        _spaceSignal.WakeUps,
        Recoveries,
        _skipped,
        Volatile.Read(ref _dropped));

    /// <summary>Counts a record that could not be received.</summary>
    public void CountSkipped() => _skipped++;

    /// <summary>The asynchronous wait for the next message; there is one at a time.</summary>
    public PendingReceive Pending => field ??= new PendingReceive(this);

    /// <summary>Takes the next message in hand, if there is one, without waiting.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReceiveOutcome TryTake()
    {
        AssertInvariants();
        byte* record = _data + (_cursor & _mask);
        CrashPoint.Before("receive.read-stamp");
        ulong stamp = SharedWord.LoadStamp(record);
        return Stamp.StateAt(stamp, _cursor, _shortWayCookie) == (ulong)RecordState.Message
            ? Accept(record)
            : TryTakeSlow();
    }

    /// <summary>
    /// The payload of the next message, if it has the given type, version and length, as nearly all messages of a channel
    /// have. The message is not in hand; <see cref="ReleaseExactly"/> releases it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeExactly(ulong description, out ReadOnlySpan<byte> payload) => TryTakeExactly(_cursor, description, out payload);

    /// <summary>Releases what <see cref="TryTakeExactly(ulong, out ReadOnlySpan{byte})"/> found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReleaseExactly(ulong description) =>
        Release(description, RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description)));

    /// <summary>Takes the next message in hand as soon as there is one.</summary>
    public ReceiveOutcome Take(in WaitLimit limit) =>
        TryTake() is var outcome and not ReceiveOutcome.Empty ? outcome
            : limit.IsNow ? LookThoroughly(limit)
            : AwaitMessage(limit);

    /// <summary>Releases the message in hand: its room is free for senders.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release()
    {
        Release(_description, _recordSize);
        _recordSize = 0;
    }

    /// <summary>Whether no message will come. Any thread may ask, also while another one receives.</summary>
    public bool HasEnded
    {
        get
        {
            if (!EndsWithSenders || IsClosed || !Attachment.TryAddUser())
            {
                return IsClosed;
            }

            bool hasEnded = IsCompleted();
            Attachment.RemoveUser();
            return hasEnded;
        }
    }

    /// <summary>
    /// Whether senders have joined whose end no receiver has left with, none is attached, and every message was received. Remembers it until this
    /// receiver leaves.
    /// </summary>
    /// <remarks>
    /// In this order: a sender that was counted at the first look has its lock, or has left, and then all that it sent is before the tail. One
    /// that joins later changes the count.
    /// </remarks>
    public bool IsCompleted()
    {
        CrashPoint.Before("complete.read-joins");
        long joins = SharedWord.LoadJoins(Attachment.Header.Joins);
        if (joins == _completedBefore || Attachment.IsAnySenderAttached) // STEP complete.ask-kernel
        {
            return false;
        }

        CrashPoint.Before("complete.read-tail");
        if (!IsRingEmpty())
        {
            return false;
        }

        CrashPoint.Before("complete.recheck-joins");
        if (SharedWord.LoadJoins(Attachment.Header.Joins) != joins)
        {
            return false;
        }

        Volatile.Write(ref _completed, joins);
        return true;
    }

    /// <summary>Skips the gaps of dead senders at the cursor. Takes no message in hand.</summary>
    /// <returns>The number of gaps.</returns>
    public long StepOverGaps()
    {
        long before = Recoveries;
        TryTakeThoroughly();
        _recordSize = 0;
        return Recoveries - before;
    }

    /// <summary>
    /// Skips a corrupt record at the cursor, up to the next position at which stamps or claims say that a record begins or
    /// will begin; if there is none, up to the tail.
    /// </summary>
    /// <returns>The number of bytes skipped; 0 if the record at the cursor is sound.</returns>
    public long SkipCorrupt()
    {
        ReceiveOutcome outcome = TryTakeThoroughly();
        _recordSize = 0;
        if (outcome != ReceiveOutcome.Corrupt)
        {
            return 0;
        }

        _unownedLooks = 0;
        CountSkipped();
        long skipped = RingRepair.FindNextRecord(Attachment, _cursor) - _cursor;
        Advance(skipped);
        return skipped;
    }

    /// <summary>Ends the use. A message in hand stays in the ring and is taken again by the next receive.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void PutBack()
    {
        _recordSize = 0;
        Exit();
    }

    /// <summary>Whether the ring holds neither a message nor a claim.</summary>
    public bool IsRingEmpty() => IsAtSeal || SharedWord.LoadTail(Attachment.Header.Tail) == _cursor;

    /// <summary>Whether a whole record stands at the cursor: a message, or a filler to skip.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsHeadValid() =>
        IsRecordThere || IsBehindLostFiller();

    /// <summary>As <see cref="TryTake"/>, but looks for dead senders at once instead of once a millisecond.</summary>
    public ReceiveOutcome TryTakeThoroughly()
    {
        _nextLook = 0;
        return TryTake();
    }

    [DoesNotReturn]
    public override void ThrowClosed() => throw new ObjectDisposedException("Receiver", "The receiver was disposed.");

    [DoesNotReturn]
    protected override void ThrowInUse() => throw new InvalidOperationException(
        "The previous message has not been released, or another thread uses this receiver now. " +
        "Dispose the message first; one thread at a time receives.");

    protected override void Leave()
    {
        if (DeletesChannel)
        {
            ChannelRemover.TryRetire(Attachment);
        }

        long completed = Volatile.Read(ref _completed);
        if (completed != _completedBefore)
        {
            CrashPoint.Before("complete.store");
            SharedWord.StoreCompleted(Attachment.Header.Completed, completed);
        }

        Attachment.ReceiverSignal.Unwatch(); // Before the lock is given up: the word is then the next receiver's.
        Attachment.File.Unlock(LivenessDescriptor.Receiver, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReceiveOutcome Accept(byte* record)
    {
        // Read once, and the copy is checked: a faulty program may change the record at any time.
        ulong description = *(ulong*)(record + RecordDescriptor.LengthOffset);
        long size = RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description));
        if ((_cursor & _mask) + size > _capacity)
        {
            return ReceiveOutcome.Corrupt;
        }

        _description = description;
        _recordSize = size;
        return ReceiveOutcome.Message;
    }

    /// <summary>Takes a message with a trailer in hand.</summary>
    private ReceiveOutcome AcceptTraced(byte* record)
    {
        ReceiveOutcome outcome = Accept(record);
        if (outcome != ReceiveOutcome.Message || (_cursor & _mask) + _recordSize + TrailerDescriptor.Size > _capacity)
        {
            _recordSize = 0;
            return ReceiveOutcome.Corrupt;
        }

        _recordSize += TrailerDescriptor.Size;
        return ReceiveOutcome.Message;
    }

    /// <summary>Measures how long the message in hand was in the ring, if it has a trailer, is taken for the first time, and somebody listens.</summary>
    private void MeasureTimeInRing()
    {
        if (_recordSize > 0 && HasTrailer && _cursor >= _measuredTo)
        {
            _measuredTo = _cursor + _recordSize;
            if (ChannelMeter.MeasuresTimeInRing)
            {
                ChannelMeter.MeasureTimeInRing(Attachment.Path, Stopwatch.GetElapsedTime(TrailerDescriptor.ReadSent(Trailer(_cursor, _description))));
            }
        }
    }

    /// <summary>Skips fillers. Looks for the owner of a record that is not valid, but not more than once a millisecond.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ReceiveOutcome TryTakeSlow()
    {
        if (IsAtSeal)
        {
            return ReceiveOutcome.Empty; // The seal is at the cursor, and stays there.
        }

        // Invariant: each iteration moves the cursor forward over a filler, a gap or a message that is dropped, finds a record that was stamped
        // meanwhile, or ends the loop.
        while (true)
        {
            byte* record = _data + (_cursor & _mask);
            RecordState state = (RecordState)Stamp.StateAt(SharedWord.LoadStamp(record), _cursor, _cookie);
            switch (state)
            {
                case RecordState.Message or RecordState.Traced:
                    ReceiveOutcome found = state == RecordState.Message ? Accept(record) : AcceptTraced(record);
                    if (found != ReceiveOutcome.Message || !TryDrop())
                    {
                        MeasureTimeInRing();
                        return found;
                    }

                    break;

                case RecordState.Padding when (_cursor & _mask) != 0:
                    // It ends with the lap. Its length is not read, because a sender may be overwriting it.
                    Advance(Attachment.LapEnd(_cursor) - _cursor);
                    break;

                case RecordState.Aborted:
                    ReceiveOutcome outcome = Accept(record);
                    if (outcome == ReceiveOutcome.Corrupt)
                    {
                        return outcome;
                    }

                    Advance(_recordSize);
                    _recordSize = 0;
                    break;

                case RecordState.Padding:
                    return ReceiveOutcome.Corrupt;

                default:
                    _caughtUpAt = _cursor;
                    if (IsBehindLostFiller())
                    {
                        Advance(Attachment.LapEnd(_cursor) - _cursor); // STEP receive.missing-filler
                        break;
                    }

                    // A look at the clock costs a few nanoseconds; a look at the tail takes the senders' cache line.
                    long now = Environment.TickCount64;
                    if (now < _nextLook)
                    {
                        return ReceiveOutcome.Empty;
                    }

                    _nextLook = now + 1;
                    if (!TryRecover(out bool corrupt))
                    {
                        return corrupt ? ReceiveOutcome.Corrupt : ReceiveOutcome.Empty;
                    }

                    // The same death may have left the next gap, so that is looked at without a pause.
                    _nextLook = now;
                    break;
            }
        }
    }

    /// <summary>
    /// Whether the filler at the cursor was overwritten and the record at the start of the next lap is stamped. A look at
    /// that stamp costs less than one at the tail, which senders write all the time.
    /// </summary>
    private bool IsBehindLostFiller() =>
        (_cursor & _mask) != 0
        && Attachment.IsValid(Attachment.LapEnd(_cursor))
        && Attachment.IsFillerLost(_cursor);

    /// <summary>
    /// Skips the gap of a dead sender, if one is at the cursor. True if the caller should look at the cursor again.
    /// </summary>
    private bool TryRecover(out bool corrupt)
    {
        RecoveryOutcome outcome = _recovery.Examine(_cursor);
        _unownedLooks = outcome == RecoveryOutcome.Unowned ? _unownedLooks + 1 : 0;
        corrupt = _unownedLooks >= LooksBeforeCorrupt;
        switch (outcome)
        {
            case RecoveryOutcome.Gap:
                Recoveries++;
                ChannelEventSource.Log.Recovered(Attachment.Path, _cursor, _recovery.GapEnd - _cursor);
                _recovery.DisownSources(_cursor);
                CrashPoint.Before("recover.publish-head");
                Advance(_recovery.GapEnd - _cursor);
                break;

            case RecoveryOutcome.FillerLost:
                Advance(Attachment.LapEnd(_cursor) - _cursor);
                break;

            case RecoveryOutcome.OwnerAlive when _blockedAt != _cursor:
                _blockedAt = _cursor;
                SharedWord.StoreCounter(Attachment.Header.BlockedSince, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
                SharedWord.StoreCounter(Attachment.Header.BlockedAt, _cursor);
                break;
        }

        return outcome is RecoveryOutcome.Gap or RecoveryOutcome.Valid or RecoveryOutcome.FillerLost;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Release(ulong description, long size)
    {
        if (Volatile.Read(ref _isHolding))
        {
            AdvanceBehindHeld(size, messages: 1, RecordDescriptor.LengthOf(description));
            return;
        }

        if (MayTakeLines && size <= LargestTaken)
        {
            TakeLines(_data + (_cursor & _mask), size);
        }

        CountReceived(1, RecordDescriptor.LengthOf(description));
        CrashPoint.Before("release.publish-head");
        PublishHead(_cursor + size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CountReceived(int messages, long bytes)
    {
        byte* header = (byte*)_headWord - HeaderDescriptor.HeadOffset;
        SharedWord.AddToCounter((long*)(header + HeaderDescriptor.MessagesReceivedOffset), messages);
        SharedWord.AddToCounter((long*)(header + HeaderDescriptor.BytesReceivedOffset), bytes);
    }

    /// <summary>Moves the cursor over something that is not a message.</summary>
    private void Advance(long length)
    {
        if (Volatile.Read(ref _isHolding))
        {
            AdvanceBehindHeld(length, messages: 0, bytes: 0);
        }
        else
        {
            PublishHead(_cursor + length);
        }
    }

    /// <summary>Moves the cursor and head, which are the same while nothing is held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PublishHead(long head)
    {
        _cursor = head;
        SharedWord.StoreHead(_headWord, head);
        _spaceSignal.WakeIfRaised();
    }

    /// <summary>A wait that may take no time: looks once for dead senders and for the end of the channel.</summary>
    private ReceiveOutcome LookThoroughly(in WaitLimit limit)
    {
        MessageCondition condition = new(this);
        Waiter.Await(ref condition, limit);
        return condition.Outcome;
    }

    private ReceiveOutcome AwaitMessage(in WaitLimit limit)
    {
        if (!PollForRecord())
        {
            _waits++;
        }
        else if (TryTake() is var outcome and not ReceiveOutcome.Empty)
        {
            return outcome;
        }

        MessageCondition condition = new(this);
        Waiter.Await(ref condition, limit);
        return condition.Outcome;
    }

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(_recordSize == 0, "One message is in hand at a time.");
        Debug.Assert(_cursor % RecordDescriptor.Alignment == 0, "Every position is a multiple of 16.");
    }
}
