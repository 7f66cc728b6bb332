namespace IpMpsc;

/// <summary>What stands at the head of a channel: what its receiver finds next.</summary>
public enum HeadState
{
    /// <summary>Nothing: everything that was claimed has been received.</summary>
    Empty,

    /// <summary>A message, or something that the receiver steps over.</summary>
    Ready,

    /// <summary>
    /// A living sender has a claim there that is neither committed nor aborted. The receiver waits until it is, or until the sender
    /// dies. If the sender is stopped, it may also have lost the race for the claim and not noticed yet; nothing can tell the two apart.
    /// </summary>
    Claimed,

    /// <summary>The claim of a sender that died. The receiver steps over exactly this gap.</summary>
    Abandoned,

    /// <summary>Something that no sender can have made: another program wrote into the file.</summary>
    Corrupt,
}
