using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Segments;

namespace IpMpsc.Ring;

/// <summary>
/// Finds the exact gap that a dead sender left at head. Each step is one of the recovery in spec/reservation.pml. Even details of
/// order matter: the model loses messages when one of them is changed.
/// </summary>
internal sealed unsafe class RingRecovery(SegmentView segment)
{
    private readonly int _slotCount = segment.Layout.SlotCount;
    private readonly long[] _candidateEnds = new long[segment.Layout.SlotCount];

    /// <summary>Where the gap ends, after <see cref="RecoveryOutcome.Gap"/>.</summary>
    public long GapEnd { get; private set; }

    /// <summary>The slot of the living owner, after <see cref="RecoveryOutcome.OwnerAlive"/>.</summary>
    public int OwnerSlot { get; private set; } = -1;

    /// <summary>Finds out why the record at <paramref name="head"/> is not valid. Changes nothing.</summary>
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

        // The claim of the first look may have been a filler that was stamped and then overwritten in the meantime.
        CrashPoint.Before("recover.recheck-tail");
        tail = SharedWord.LoadTail(segment.Header.Tail);
        if (tail - head > segment.Layout.Capacity)
        {
            return LostFillerAt(head, tail);
        }

        // Several senders may have died while they competed for this position. The end of the winner's claim is a boundary
        // between claims, and it is the first boundary among the candidates.
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

    /// <summary>If the tail is further ahead than a filler at head explains, another program wrote into the file.</summary>
    private RecoveryOutcome LostFillerAt(long head, long tail) =>
        tail - segment.LapEnd(head) <= segment.Layout.Capacity ? RecoveryOutcome.FillerLost : RecoveryOutcome.Unowned;

    /// <summary>
    /// Notes for the dead senders whose claims cover the gap at <paramref name="position"/> that what they forwarded there is not in the channel.
    /// </summary>
    public void DisownSources(long position)
    {
        for (int slot = 0; slot < _slotCount; slot++)
        {
            if (Covers(slot, position, out _) && !segment.File.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1))
            {
                SourceSlots.Disown(segment, slot, position);
            }
        }
    }

    /// <summary>
    /// Collects the ends of dead owners' claims that cover <paramref name="head"/>. An end that is read here cannot change any
    /// more: its owner is dead, and its slot cannot be taken over before head has passed the claim. So each end is read once and
    /// kept; a second look could find the claim of a new owner.
    /// </summary>
    private int FindCandidates(long head, out bool ownerAlive)
    {
        int candidates = 0;
        OwnerSlot = -1;
        for (int slot = 0; slot < _slotCount; slot++)
        {
            // The winner stored its claim before it moved the tail, and the tail was read above. So a slot whose claim does not
            // cover head now is not the winner's, and the kernel need not be asked about it.
            CrashPoint.Before("recover.read-claim");
            if (!Covers(slot, head, out _))
            {
                continue;
            }

            CrashPoint.Before("recover.ask-kernel");
            if (segment.File.IsLockedElsewhere(LivenessDescriptor.Slot(slot), 1))
            {
                // The owner lives. If its claim has moved on in the meantime, it had lost, or its record is stamped by now.
                if (Covers(slot, head, out _))
                {
                    OwnerSlot = slot;
                }
            }
            else
            {
                // The two words of a claim are read one after the other. Now that the owner is known to be dead, both belong to
                // its last claim.
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
    /// Whether a record begins at <paramref name="end"/> or will begin there. The order of the looks matters: the tail may move
    /// past the end in the meantime, but then a claim or a stamp is there.
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
        // Other processes wrote these numbers. An end that no claim can have must not become head.
        return segment.TryReadClaim(index, out long position, out end) && position <= head && head < end;
    }
}
