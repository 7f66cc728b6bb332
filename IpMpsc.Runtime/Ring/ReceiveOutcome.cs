namespace IpMpsc.Ring;

/// <summary>What the receiver found at its head.</summary>
internal enum ReceiveOutcome
{
    /// <summary>Nothing that can be received now.</summary>
    Empty,

    /// <summary>A message; it stays in the ring until it is released.</summary>
    Message,

    /// <summary>A record that the protocol cannot have made.</summary>
    Corrupt,

    /// <summary>Every sender has left, everything was received, and the receiver wants to end then.</summary>
    Completed,

    /// <summary>The channel was deleted under its receiver, everything in it was received, and nobody can send any more.</summary>
    Retired,
}
