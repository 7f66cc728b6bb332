namespace IpMpsc;

/// <summary>What stands at the head of a channel: what its receiver finds next.</summary>
public enum HeadState
{
    /// <summary>Nothing: everything that was claimed has been received.</summary>
    Empty,

    /// <summary>A message, or something that the receiver steps over.</summary>
    Ready,

    /// <summary>The claim of a living sender that has neither committed nor aborted it. The receiver waits, however long.</summary>
    Claimed,

    /// <summary>The claim of a sender that died. The receiver steps over exactly this gap.</summary>
    Abandoned,

    /// <summary>Something that no sender can have made: another program wrote into the file.</summary>
    Corrupt,
}
