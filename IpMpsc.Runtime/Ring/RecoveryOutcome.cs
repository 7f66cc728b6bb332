namespace IpMpsc.Ring;

/// <summary>What a look at a stuck record found.</summary>
internal enum RecoveryOutcome
{
    /// <summary>No sender has claimed anything behind head.</summary>
    NothingClaimed,

    /// <summary>A living sender owns the record at head: only it can say what becomes of it.</summary>
    OwnerAlive,

    /// <summary>The record became valid meanwhile.</summary>
    Valid,

    /// <summary>A filler stood at head and was overwritten; the next record begins with the next lap.</summary>
    FillerLost,

    /// <summary>The owner is dead; the gap ends at <see cref="RingRecovery.GapEnd"/>.</summary>
    Gap,

    /// <summary>Nobody, alive or dead, owns what the tail says was claimed.</summary>
    Unowned,
}
