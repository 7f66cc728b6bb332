namespace IpMpsc.Examples.VideoPipeline;

/// <summary>What happens if the consumer is slower than the cameras.</summary>
internal enum DropPolicy
{
    /// <summary>A camera waits until there is room: no frame is dropped, and all are late.</summary>
    Block,

    /// <summary>A camera drops the frame that it cannot send: those in the ring are kept.</summary>
    KeepOldest,

    /// <summary>The consumer drops a waiting frame when a newer one of the same camera arrives.</summary>
    KeepNewest,
}
