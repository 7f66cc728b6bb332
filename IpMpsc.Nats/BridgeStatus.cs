namespace IpMpsc.Nats;

/// <summary>A bridge at one moment.</summary>
public sealed record BridgeStatus
{
    /// <summary>What it does.</summary>
    public required BridgeState State { get; init; }

    /// <summary>For a bridge that waits or refuses, what it waits for and why, in a sentence; otherwise null.</summary>
    public required string? Reason { get; init; }

    /// <summary>Since when it is in this state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Messages that this bridge has carried since it was started: acknowledged by the broker, or sent to the channel.</summary>
    public required long Messages { get; init; }

    /// <summary>Payload bytes of those messages.</summary>
    public required long Bytes { get; init; }

    /// <summary>Batches in which they travelled.</summary>
    public required long Batches { get; init; }

    /// <summary>How often the broker, the network or the channel interrupted the work, which then resumed.</summary>
    public required long Interruptions { get; init; }

    /// <summary>Messages of the stream that no bridge has written, and that were stepped over.</summary>
    public required long Foreign { get; init; }

    /// <summary>Batches in flight to the broker, or waiting in the stream for this bridge.</summary>
    public required long Pending { get; init; }
}
