namespace IpMpsc.Ring;

/// <summary>What the receiver found at its cursor.</summary>
internal enum ReceiveOutcome
{
    /// <summary>Nothing that can be received now.</summary>
    Empty,

    /// <summary>A message, which stays in the ring until it is released.</summary>
    Message,

    /// <summary>A record that no sender can have made: it is corrupt.</summary>
    Corrupt,

    /// <summary>Every sender has left, every message was received, and the receiver was told to end then.</summary>
    Completed,

    /// <summary>The channel was deleted under its receiver, everything in it was received, and nobody can send any more.</summary>
    Retired,
}
