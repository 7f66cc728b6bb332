namespace IpMpsc.Ring;

/// <summary>What a look at a stuck record found.</summary>
internal enum RecoveryOutcome
{
    /// <summary>No sender has claimed anything from head on.</summary>
    NothingClaimed,

    /// <summary>A living sender has a claim that covers head. It owns the record, or it lost the race for it and has not noticed yet.</summary>
    OwnerAlive,

    /// <summary>The record has become valid in the meantime.</summary>
    Valid,

    /// <summary>A filler stood at head and was overwritten; the next record begins with the next lap.</summary>
    FillerLost,

    /// <summary>The owner is dead; the gap ends at <see cref="RingRecovery.GapEnd"/>.</summary>
    Gap,

    /// <summary>The tail says that head was claimed, but no slot has such a claim.</summary>
    Unowned,
}
