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
/// The sending side of the ring for one slot: claim, then commit or abort. At most one claim is outstanding, and one thread
/// at a time uses the producer. The steps are those of spec/reservation.pml.
/// </summary>
internal sealed unsafe class RingProducer : Participant
{
    /// <summary>Iterations of a spin wait that take about five microseconds.</summary>
    private const int LongestPause = 128;

    private readonly byte* _data;
    private readonly long _capacity;
    private readonly long _trailer;

    private readonly long _mask;
    private readonly ulong _cookie;
    private readonly long* _tail;
    private readonly long* _head;
    private readonly uint* _state;
    private readonly Signal _receiverSignal;
    private readonly int _slotIndex;
    private readonly byte* _slot;

    private long _cachedHead;
    private long _claimed = SlotDescriptor.NoClaim;
    private long _claimLength;
    private long _slotLength;
    private PriorityRequest _priority;

    /// <summary>
    /// The capacity, or 0 if messages have trailers or the last attempt found no room: so the usual case is one comparison.
    /// </summary>
    private long _usualCapacity;

    /// <summary>Becomes the owner of a slot that the attachment has locked, and a user of the attachment.</summary>
    public RingProducer(Attachment attachment, int slotIndex) : base(attachment, attachment.SpaceSignal, sleepsAlone: false)
    {
        attachment.AddUser();
        _data = attachment.Data;
        _capacity = attachment.Layout.Capacity;
        _trailer = attachment.TrailerSize;
        _mask = (_capacity - 1) & ~(long)Stamp.StateMask; // So even a damaged tail leads to an aligned record.
        _cookie = attachment.Cookie;
        _tail = attachment.Header.Tail;
        _head = attachment.Header.Head;
        _state = attachment.Header.State;
        _receiverSignal = attachment.ReceiverSignal;
        _slotIndex = slotIndex;
        _slot = attachment.Slot(slotIndex);
        _cachedHead = SharedWord.LoadHead(_head);
        _priority = new PriorityRequest(attachment, slotIndex);
        GiveUp(); // A request of the slot's last owner is void.
    }

    /// <summary>Whether a wait for room ends when no receiver is attached.</summary>
    public bool FailsWithoutReceiver { get; init; }

    /// <summary>Position of the outstanding claim, or <see cref="SlotDescriptor.NoClaim"/>.</summary>
    public long ClaimPosition => _claimed;

    public override string Role => "sender";

    public override ChannelTally Tally => new(
        SharedWord.ReadCounter((long*)(_slot + SlotDescriptor.MessagesOffset)),
        SharedWord.ReadCounter((long*)(_slot + SlotDescriptor.BytesOffset)),
        SharedWord.ReadCounter((long*)(_slot + SlotDescriptor.WaitsOffset)),
        ReportsWakeUps ? _receiverSignal.WakeUps : 0,
        Recoveries: 0,
        Skipped: 0,
        SharedWord.ReadCounter((long*)(_slot + SlotDescriptor.DroppedOffset)));

    /// <summary>Whether this producer reports the wake-ups of the attachment, which several producers may share.</summary>
    public bool ReportsWakeUps { get; init; } = true;

    /// <summary>Claims <paramref name="length"/> bytes, a multiple of 16, without waiting.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ClaimOutcome TryClaim(long length) => TryClaimNow(length) ? ClaimOutcome.Claimed : TryClaimSlow(length);

    /// <summary>Claims in the usual case; the claim is the outstanding one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryClaimNow(long length)
    {
        if (!TryClaimNow(length, out long position))
        {
            return false;
        }

        Hold(position, length);
        return true;
    }

    /// <summary>
    /// Claims in the usual case: no trailer, no end of the lap, certainly enough room, no competitor. Only the caller knows of the claim,
    /// and must commit it with <see cref="CommitAt"/> before it does anything that could fail.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryClaimNow(long length, out long position)
    {
        AssertInvariants(length);
        CrashPoint.Before("claim.read-tail");
        position = SharedWord.LoadTail(_tail);
        return (position & _mask) + length <= _usualCapacity
            && (ulong)(position + length - _cachedHead) <= (ulong)_capacity // Also rejects a tail behind head.
            && SharedWord.LoadState(_state) == 0
            && TryWin(position, length);
    }

    /// <summary>Claims as soon as there is room.</summary>
    public ClaimOutcome Claim(long length, in WaitLimit limit) =>
        TryClaim(length) is var outcome and not ClaimOutcome.Full ? outcome : AwaitClaim(length, whenEmpty: false, limit);

    /// <summary>Claims now; if there is no room, counts the message for which it was as dropped.</summary>
    public ClaimOutcome ClaimOrDrop(long length)
    {
        ClaimOutcome outcome = TryClaim(length);
        if (outcome == ClaimOutcome.Full)
        {
            GiveUp();
            SharedWord.AddToCounter((long*)(_slot + SlotDescriptor.DroppedOffset), 1);
            Attachment.CountDropped();
        }

        return outcome;
    }

    /// <summary>Claims as soon as the ring holds neither a message nor a claim.</summary>
    public ClaimOutcome ClaimWhenEmpty(long length, in WaitLimit limit) => AwaitClaim(length, whenEmpty: true, limit);

    /// <summary>Bytes of the ring that a message of this sender takes.</summary>
    public long SizeOf(int length) => RecordDescriptor.RecordSize(length) + _trailer;

    /// <summary>Whether a record with that many payload bytes fits the outstanding claim from a position in it on.</summary>
    public bool IsWithinClaim(long position, int length) =>
        position - _claimed + SizeOf(length) <= _claimLength;

    /// <summary>The payload of the record at a position within this producer's claim.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Payload(long position, int length)
    {
        Debug.Assert(
            _claimed == SlotDescriptor.NoClaim
            || (position - _claimed >= 0 && IsWithinClaim(position, length)),
            "A payload lies within the outstanding claim.");
        SharedWord.BeforePayload(_data + (position & _mask) + RecordDescriptor.PayloadOffset, length);
        return new Span<byte>(_data + (position & _mask) + RecordDescriptor.PayloadOffset, length);
    }

    /// <summary>Commits the outstanding claim, which is one record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit(ulong description)
    {
        long position = _claimed;
        _claimed = SlotDescriptor.NoClaim;
        StampNext(position, description);
        _receiverSignal.WakeIfRaised();
    }

    /// <summary>As <see cref="Commit(ulong)"/>, with the time and the context of a message that comes from elsewhere, if this sender adds trailers.</summary>
    public void Commit(ulong description, long sent, in ActivityContext context)
    {
        if (_trailer == 0)
        {
            Commit(description);
            return;
        }

        long position = _claimed;
        _claimed = SlotDescriptor.NoClaim;
        TrailerDescriptor.Write(BeginTrailer(position, description), sent, context);
        StampTraced(position, description);
        _receiverSignal.WakeIfRaised();
    }

    /// <summary>
    /// Makes the outstanding claim a message that may be shorter than the claim. The rest is stamped first: nobody sees
    /// it before the message's own stamp, which remains the one step that commits.
    /// </summary>
    public void CommitShorter(ulong description)
    {
        long size = SizeOf((int)RecordDescriptor.LengthOf(description));
        if (size < _claimLength)
        {
            CrashPoint.Before("shorten.stamp-rest");
            Attachment.StampFiller(_claimed + size, _claimLength - size, RecordState.Aborted);
        }

        Commit(description);
    }

    /// <summary>Commits a claim of one record without a trailer, see <see cref="TryClaimNow(long, out long)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CommitAt(long position, ulong description)
    {
        StampMessage(position, description);
        _receiverSignal.WakeIfRaised();
    }

    /// <summary>
    /// Commits one record of a batch. Records are stamped in ascending order, which is the order in which they are
    /// received; and if the owner dies, everything behind its first gap is one gap.
    /// </summary>
    /// <returns>The position of the next record.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long StampNext(long position, ulong description) =>
        _trailer == 0 ? StampMessage(position, description) : StampTracedNow(position, description);

    /// <summary>Notes which message of its source the outstanding claim is for. To be called when the claim is won, before its stamp.</summary>
    public void BeginSource(long sequence) =>
        SharedWord.StoreSource((long*)(_slot + SlotDescriptor.SourcePendingOffset), sequence); // STEP source.store-pending

    /// <summary>Notes that this message of its source was sent.</summary>
    public void ConfirmSource(long sequence) =>
        SharedWord.StoreSource((long*)(_slot + SlotDescriptor.SourceConfirmedOffset), sequence); // STEP source.store-confirmed

    /// <summary>Ends a batch. Whatever lies behind <paramref name="position"/> was not stamped and is aborted.</summary>
    public void EndBatch(long position)
    {
        if (position - _claimed < _claimLength) // Compared as a difference: with a damaged tail, the end of the claim may wrap.
        {
            Abort(position);
            return;
        }

        _claimed = SlotDescriptor.NoClaim;
        _receiverSignal.WakeIfRaised();
    }

    /// <summary>Aborts the outstanding claim, or what is left of it from <paramref name="position"/> on.</summary>
    public void Abort(long position)
    {
        CrashPoint.Before("abort.stamp");
        Attachment.StampFiller(position, _claimed + _claimLength - position, RecordState.Aborted);
        _claimed = SlotDescriptor.NoClaim;
        _receiverSignal.WakeIfRaised();
    }

    /// <summary>Bytes that one claim could take now, without a filler and without a wait. May be fewer than are free.</summary>
    public long ContiguousRoom()
    {
        long tail = SharedWord.LoadTail(_tail);
        if (_capacity - (tail - _cachedHead) < _capacity / 8)
        {
            _cachedHead = SharedWord.LoadHead(_head);
        }

        return Math.Min(_capacity - (tail & _mask), _capacity - (tail - _cachedHead));
    }

    /// <summary>Whether the ring holds neither a message nor a claim.</summary>
    public bool IsRingEmpty() => TryFindEmpty(out _);

    /// <summary>Counts a wait for room, blocking or not.</summary>
    public void CountWait() => SharedWord.AddToCounter((long*)(_slot + SlotDescriptor.WaitsOffset), 1);

    /// <summary>Ends a wait for room that brought no claim, so that the others no longer hold back for this sender.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void GiveUp()
    {
        _priority.End();
        _usualCapacity = _trailer == 0 ? _capacity : 0;
    }

    /// <summary>
    /// Whether an attempt to claim <paramref name="length"/> bytes would make progress now: there is room for them, or for
    /// the filler that must come before them at the end of the lap.
    /// </summary>
    public bool CanProceed(long length)
    {
        uint state = SharedWord.LoadState(_state);
        if (ChannelState.IsRetired(state))
        {
            return true;
        }

        long tail = SharedWord.LoadTail(_tail);
        bool hasRoom = HasRoom(tail, Math.Min(length, _capacity - (tail & _mask)), out bool isSound);
        return !isSound || (hasRoom && !_priority.MustHoldBack(state));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long StampMessage(long position, ulong description)
    {
        byte* record = _data + (position & _mask);
        SharedWord.StoreDescription(record, description);
        CrashPoint.Before("commit.stamp");
        SharedWord.StoreStamp(record, Stamp.Of(position, _cookie, RecordState.Message));
        Count(description);
        return position + RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description));
    }

    /// <summary>Where the trailer of a record belongs.</summary>
    private byte* BeginTrailer(long position, ulong description)
    {
        byte* trailer = _data + (position & _mask) + RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description));
        SharedWord.BeforePayload(trailer, TrailerDescriptor.Size);
        return trailer;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long StampTracedNow(long position, ulong description)
    {
        TrailerDescriptor.Write(BeginTrailer(position, description));
        return StampTraced(position, description);
    }

    /// <summary>As <see cref="StampMessage"/>, with the trailer, which the stamp vouches for as it does for the payload.</summary>
    private long StampTraced(long position, ulong description)
    {
        byte* record = _data + (position & _mask);
        SharedWord.StoreDescription(record, description);
        CrashPoint.Before("commit.stamp");
        SharedWord.StoreStamp(record, Stamp.Of(position, _cookie, RecordState.Traced));
        Count(description);
        return position + TrailerDescriptor.RecordSize(description, RecordState.Traced);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(ulong description)
    {
        SharedWord.AddToCounter((long*)(_slot + SlotDescriptor.MessagesOffset), 1);
        SharedWord.AddToCounter((long*)(_slot + SlotDescriptor.BytesOffset), RecordDescriptor.LengthOf(description));
    }

    [DoesNotReturn]
    public override void ThrowClosed() => throw new ObjectDisposedException("Sender", "The sender was disposed.");

    [DoesNotReturn]
    protected override void ThrowInUse() => throw new InvalidOperationException(
        "The sender's previous claim is neither committed nor aborted, or another thread uses this sender now. " +
        "Commit or dispose the claim first; share a Sender between threads, not an ExclusiveSender.");

    protected override void Leave() => SenderSlots.Release(Attachment, _slotIndex);

    /// <summary>
    /// Stores the claim in the slot, then moves the tail. The sender that moves the tail owns the bytes, and its slot said so
    /// before that. So every stuck record has an owner that can be found.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryWin(long tail, long length)
    {
        byte* slot = _slot;
        if (length != _slotLength)
        {
            // An old position must not be read together with a new length. If the length stays the same, one store is enough.
            CrashPoint.Before("claim.invalidate");
            SharedWord.StoreClaimPosition(slot, SlotDescriptor.NoClaim);
            CrashPoint.Before("claim.store-length");
            SharedWord.StoreClaimLength(slot, length);
            _slotLength = length;
        }

        CrashPoint.Before("claim.store-position");
        SharedWord.StoreClaimPosition(slot, tail);
        CrashPoint.Before("claim.cas-tail");
        return SharedWord.TryAdvanceTail(_tail, tail, tail + length);
    }

    /// <summary>As <see cref="TryWin"/>. A claim that is won becomes the outstanding one, and ends the wait for it.</summary>
    private bool TryTake(long tail, long length)
    {
        if (!TryWin(tail, length))
        {
            return false;
        }

        Hold(tail, length);
        long filler = _cachedHead;
        if (tail <= filler + _capacity && filler + _capacity < tail + length)
        {
            // STEP claim.clear-filler: our claim covers the header of the filler at head. Its stamp goes first, and whole:
            // a payload that ended within it could make it that of a message.
            Attachment.ClearStamp(filler);
        }

        if (_priority.IsWaiting)
        {
            GiveUp();
        }

        return true;
    }

    private void Hold(long position, long length)
    {
        _claimed = position;
        _claimLength = length;
    }

    /// <summary>Claims in all other cases: end of the lap, full ring, competition, retired channel.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ClaimOutcome TryClaimSlow(long length)
    {
        // Invariant: each iteration ends the loop, or the tail has moved since it was read.
        while (true)
        {
            CrashPoint.Before("claim.check-retired");
            uint state = SharedWord.LoadState(_state);
            if (ChannelState.IsRetired(state))
            {
                return Withdraw(ClaimOutcome.Retired);
            }

            long tail = SharedWord.LoadTail(_tail);
            long toEnd = _capacity - (tail & _mask);
            bool padding = length > toEnd;
            long wanted = padding ? toEnd : length;
            bool hasRoom = HasRoom(tail, wanted, out bool isSound);
            if (!isSound)
            {
                return Withdraw(ClaimOutcome.Corrupt);
            }

            if (!hasRoom || _priority.MustHoldBack(state))
            {
                return FindFull(state, tail);
            }

            if (TryTake(tail, wanted))
            {
                if (!padding)
                {
                    return ClaimOutcome.Claimed;
                }

                EndLap(wanted);
            }
        }
    }

    /// <summary>
    /// Whether there is room for a claim at <paramref name="tail"/>. Reads head only if the cached head leaves no room.
    /// <paramref name="isSound"/> is false if the positions cannot be true.
    /// </summary>
    private bool HasRoom(long tail, long length, out bool isSound)
    {
        isSound = tail % RecordDescriptor.Alignment == 0;
        if ((ulong)(tail + length - _cachedHead) > (ulong)_capacity)
        {
            CrashPoint.Before("claim.read-head");
            _cachedHead = SharedWord.LoadHead(_head);

            // A tail that was read before head is at most a capacity ahead of it, or of the end of a filler there. A tail that is
            // read after head is not behind it.
            isSound &= tail - Attachment.LapEnd(_cachedHead) <= _capacity && SharedWord.LoadTail(_tail) >= _cachedHead;
        }

        // The room of a filler at head is free. Otherwise a message of more than half the ring would wait in a ring that holds
        // nothing else, until the receiver has skipped the filler that had to come before the message.
        return tail + length - _cachedHead <= _capacity
            || (tail + length - Attachment.LapEnd(_cachedHead) <= _capacity && IsFiller(_cachedHead));
    }

    /// <summary>Whether a filler stands at a position. If that position was head, head moves from there to the end of the lap.</summary>
    private bool IsFiller(long position) =>
        Stamp.StateAt(Attachment.LoadStamp(position), position, _cookie) == (ulong)RecordState.Padding; // STEP claim.read-filler

    /// <summary>Whether the ring is empty, and the tail at which it was. A claim that moves the tail from there has found it empty.</summary>
    private bool TryFindEmpty(out long tail)
    {
        // Head cannot move past this tail, and nothing but the filler lies between the two.
        _cachedHead = SharedWord.LoadHead(_head);
        tail = SharedWord.LoadTail(_tail);
        return tail == _cachedHead || (tail == Attachment.LapEnd(_cachedHead) && IsFiller(_cachedHead));
    }

    /// <summary>As <see cref="TryClaim"/>, but only if nothing is in the ring.</summary>
    public ClaimOutcome TryClaimWhenEmpty(long length)
    {
        uint state = SharedWord.LoadState(_state);
        if (ChannelState.IsRetired(state))
        {
            return Withdraw(ClaimOutcome.Retired);
        }

        // If the tail still has this value when the claim moves it, the ring was empty at that moment.
        while (TryFindEmpty(out long tail))
        {
            long toEnd = _capacity - (tail & _mask);
            if (length <= toEnd)
            {
                return TryTake(tail, length) ? ClaimOutcome.Claimed : Withdraw(ClaimOutcome.Full);
            }

            if (!TryTake(tail, toEnd))
            {
                return Withdraw(ClaimOutcome.Full);
            }

            EndLap(toEnd); // The next attempt begins at the start of a lap, where every message fits.
        }

        return FindFull(state, SharedWord.LoadTail(_tail));
    }

    /// <summary>Begins or continues the wait for room. If it takes too long, this sender asks for priority; its next claim ends the wait.</summary>
    private ClaimOutcome FindFull(uint state, long tail)
    {
        _priority.AskAfterLap(state, tail);
        _usualCapacity = 0;
        return Withdraw(ClaimOutcome.Full);
    }

    /// <summary>
    /// Takes a claim that was lost to another sender out of the slot, before this sender waits. If the claim stayed and covered
    /// head, and the winner died, the receiver would wait for this sender and this sender for the receiver.
    /// </summary>
    private ClaimOutcome Withdraw(ClaimOutcome outcome)
    {
        CrashPoint.Before("claim.withdraw");
        SharedWord.StoreClaimPosition(_slot, SlotDescriptor.NoClaim);
        return outcome;
    }

    /// <summary>
    /// Makes the outstanding claim a filler. A filler is a claim of its own, so it can be recovered like any other. It wakes
    /// the receiver, because this sender may wait next for the room behind it.
    /// </summary>
    private void EndLap(long length)
    {
        CrashPoint.Before("padding.stamp");
        Attachment.StampFiller(_claimed, length, RecordState.Padding);
        _claimed = SlotDescriptor.NoClaim;
        _receiverSignal.WakeIfRaised();
    }

    private ClaimOutcome AwaitClaim(long length, bool whenEmpty, in WaitLimit limit)
    {
        SpaceCondition condition = new(this, length, whenEmpty);
        if (!limit.IsNow)
        {
            CountWait();
            if (!whenEmpty)
            {
                LetReceiverGetAhead(length);
            }
        }

        bool claimed = false;
        try
        {
            claimed = Waiter.Await(ref condition, limit);
        }
        catch (OperationCanceledException cancelled)
        {
            throw new OperationCanceledException(
                $"The send was cancelled before there was room in channel '{Attachment.Path}'. {FullRing.Describe(Attachment)}",
                cancelled,
                cancelled.CancellationToken);
        }
        finally
        {
            if (!claimed)
            {
                GiveUp();
            }
        }

        return condition.Outcome;
    }

    /// <summary>
    /// Pauses, longer each time, until an eighth of the ring is free, for about ten microseconds at most. A sender that takes
    /// each bit of room at once reads head as often as the receiver stores it, and the two take its cache line away from
    /// each other. Haste does not make a full ring faster.
    /// </summary>
    private void LetReceiverGetAhead(long length)
    {
        long wanted = Math.Max(length, _capacity / 8);
        for (int pause = 1; pause <= LongestPause && SpinBudget.MayPoll; pause *= 2)
        {
            Thread.SpinWait(pause);
            long tail = SharedWord.LoadTail(_tail);
            if (HasRoom(tail, wanted, out bool isSound) || !isSound)
            {
                return;
            }
        }
    }

    [Conditional("DEBUG")]
    private void AssertInvariants(long length)
    {
        Debug.Assert(_claimed == SlotDescriptor.NoClaim, "One slot has at most one claim outstanding.");
        Debug.Assert(length >= RecordDescriptor.HeaderSize && length <= _capacity, "A claim holds a header and fits the ring.");
        Debug.Assert(length % RecordDescriptor.Alignment == 0, "Every position is a multiple of 16.");
    }
}
