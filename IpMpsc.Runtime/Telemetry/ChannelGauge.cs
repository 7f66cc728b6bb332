namespace IpMpsc.Telemetry;

/// <summary>What the meter asks of a channel that is open.</summary>
internal enum ChannelGauge
{
    /// <summary>Bytes that are claimed and not yet released.</summary>
    Depth,

    /// <summary>Size of the ring in bytes.</summary>
    Capacity,

    /// <summary>Sender slots in use, of all processes; asks the kernel about each slot that was ever used.</summary>
    Senders,

    /// <summary>1 if a receiver is attached, else 0; asks the kernel.</summary>
    Receivers,

    /// <summary>Messages that the receiver holds.</summary>
    HeldMessages,

    /// <summary>For how many milliseconds the receiver has been waiting for a claim that its sender has not committed; 0 if it does not.</summary>
    BlockedTime,
}
