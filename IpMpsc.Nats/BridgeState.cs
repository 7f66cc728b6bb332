namespace IpMpsc.Nats;

/// <summary>What a bridge does now.</summary>
public enum BridgeState
{
    /// <summary>It was not started.</summary>
    NotStarted,

    /// <summary>It carries messages, or would if there were any.</summary>
    Running,

    /// <summary>
    /// It waits for something that may come by itself: the broker, the channel, room in the channel. It keeps trying.
    /// </summary>
    Waiting,

    /// <summary>
    /// Somebody must act: the schemas differ, a message is larger than the broker takes. It keeps trying, in case
    /// somebody has acted.
    /// </summary>
    Refused,

    /// <summary>It was stopped.</summary>
    Stopped,
}
