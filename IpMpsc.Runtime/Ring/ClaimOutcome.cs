namespace IpMpsc.Ring;

/// <summary>How an attempt to claim ended.</summary>
internal enum ClaimOutcome
{
    /// <summary>The claim is made; it must be committed or aborted.</summary>
    Claimed,

    /// <summary>There is no room, or the limit passed before there was.</summary>
    Full,

    /// <summary>The channel was deleted or replaced: nobody will receive from it.</summary>
    Retired,

    /// <summary>The positions cannot be true: another program wrote into the file.</summary>
    Corrupt,

    /// <summary>There is no room and no receiver, and the sender was told not to wait for one.</summary>
    NoReceiver,

    /// <summary>The message is longer than any record of this ring.</summary>
    TooLarge,

    /// <summary>The caller cancelled the wait for room.</summary>
    Cancelled,

    /// <summary>The sender was closed during the wait for room.</summary>
    Closed,
}
