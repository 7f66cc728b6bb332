using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Segments;

namespace IpMpsc.Ring;

/// <summary>
/// What the receiver does about the claim of a dead sender: finds the gap that it left, exactly.
/// Step for step the recovery of spec/reservation.pml; what looks like a detail of order there is
/// one that loses messages when it is changed.
/// </summary>
internal sealed unsafe class RingRecovery(SegmentView segment)
{
    private readonly int _slotCount = segment.Layout.SlotCount;
    private readonly long[] _candidateEnds = new long[segment.Layout.SlotCount];

    /// <summary>Where the gap ends, after <see cref="RecoveryOutcome.Gap"/>.</summary>
    public long GapEnd { get; private set; }

    /// <summary>The slot of the living owner, after <see cref="RecoveryOutcome.OwnerAlive"/>.</summary>
    public int OwnerSlot { get; private set; } = -1;

    /// <summary>Looks at the record at <paramref name="head"/>, which is not valid; changes nothing.</summary>
    public RecoveryOutcome Examine(long head)
    {
        CrashPoint.Before("recover.read-tail");
        long tail = SharedWord.LoadTail(segment.Header.Tail);
        if (tail == head)
        {
            return RecoveryOutcome.NothingClaimed;
        }

        if (tail - head > segment.Layout.Capacity)
        {
            return segment.IsValid(head) ? RecoveryOutcome.Valid : LostFillerAt(head, tail);
        }

        int candidates = FindCandidates(head, out bool ownerAlive);
        if (ownerAlive)
        {
            return RecoveryOutcome.OwnerAlive;
        }

        CrashPoint.Before("recover.recheck-stamp");
        if (segment.IsValid(head))
        {
            return RecoveryOutcome.Valid;
        }

        // What was claimed at the first look may have been a filler, which was stamped and then overwritten since.
        CrashPoint.Before("recover.recheck-tail");
        tail = SharedWord.LoadTail(segment.Header.Tail);
        if (tail - head > segment.Layout.Capacity)
        {
            return LostFillerAt(head, tail);
        }

        // Several senders may have died while they competed for this position. Only the winner's end
        // is a boundary of records, and of several boundaries the first one is it.
        long end = long.MaxValue;
        foreach (long candidate in _candidateEnds.AsSpan(0, candidates))
        {
            if (candidate < end && IsBoundary(candidate))
            {
                end = candidate;
            }
        }

        GapEnd = end;
        return end == long.MaxValue ? RecoveryOutcome.Unowned : RecoveryOutcome.Gap;
    }

    /// <summary>A tail further ahead than a filler at head explains was written by something else.</summary>
    private RecoveryOutcome LostFillerAt(long head, long tail) =>
        tail - segment.LapEnd(head) <= segment.Layout.Capacity ? RecoveryOutcome.FillerLost : RecoveryOutcome.Unowned;

    /// <summary>
    /// Collects the ends of the dead owners' claims that cover <paramref name="head"/>, once: an end
    /// read here cannot change any more, because its owner is dead and its slot cannot be taken over
    /// before head has passed it. One looked up again later could belong to somebody else.
    /// </summary>
    private int FindCandidates(long head, out bool ownerAlive)
    {
        int candidates = 0;
        OwnerSlot = -1;
        for (int slot = 0; slot < _slotCount; slot++)
        {
            // The winner stored its claim before it moved the tail that we have seen, so a slot that
            // does not cover head now is not the winner's: the kernel need not be asked about it.
            CrashPoint.Before("recover.read-claim");
            if (!Covers(slot, head, out _))
            {
                continue;
            }

            CrashPoint.Before("recover.ask-kernel");
            if (segment.File.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1))
            {
                // Alive: a claim that moved on meanwhile was that of a loser, or is stamped by now.
                if (Covers(slot, head, out _))
                {
                    OwnerSlot = slot;
                }
            }
            else
            {
                // The two words of a claim are read one after the other: now that its owner is known to
                // be dead, both are of the same claim, its last one.
                CrashPoint.Before("recover.recheck-claim");
                if (Covers(slot, head, out long end))
                {
                    _candidateEnds[candidates++] = end;
                }
            }
        }

        ownerAlive = OwnerSlot >= 0;
        return candidates;
    }

    /// <summary>
    /// Whether a record begins at <paramref name="end"/>, or will. The order counts: the tail may move
    /// past the end while we look, but then a claim or a stamp has come to lie there.
    /// </summary>
    private bool IsBoundary(long end)
    {
        CrashPoint.Before("recover.evidence-tail");
        if (SharedWord.LoadTail(segment.Header.Tail) == end)
        {
            return true;
        }

        for (int slot = 0; slot < _slotCount; slot++)
        {
            CrashPoint.Before("recover.evidence-claim");
            if (SharedWord.LoadClaimPosition(segment.Slot(slot)) == end)
            {
                return true;
            }
        }

        CrashPoint.Before("recover.evidence-stamp");
        return segment.IsValid(end);
    }

    private bool Covers(int index, long head, out long end)
    {
        // STEP recover.read-claim-length, STEP recover.recheck-claim-length: the position first, then the length.
        // Other processes wrote these numbers: an end that no claim can have must not become our head.
        return segment.TryReadClaim(index, out long position, out end) && position <= head && head < end;
    }
}
