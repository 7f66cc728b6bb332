namespace IpMpsc.Tool.Commands;

/// <summary>What <c>ipmpsc wait</c> waits for.</summary>
internal enum WaitCondition
{
    /// <summary>A receiver is attached.</summary>
    Receiver,

    /// <summary>A sender is attached.</summary>
    Sender,

    /// <summary>Everything that was sent is received and released, and nothing is being sent.</summary>
    Empty,

    /// <summary>No participant is attached.</summary>
    Unused,
}
