using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace IpMpsc.Extensions.Hosting;

/// <summary>What the health check of a channel says when.</summary>
public sealed class ChannelHealthOptions
{
    /// <summary>Whether the channel has a health check; true by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// The health of a channel without a receiver; unhealthy by default. An application that only sends, and must not
    /// be restarted because its receiver is, can use degraded.
    /// </summary>
    public HealthStatus WithoutReceiver { get; set; } = HealthStatus.Unhealthy;

    /// <summary>
    /// For how long the receiver may wait for a sender that has claimed a place and not committed it; 5 s by
    /// default. Longer makes the channel degraded.
    /// </summary>
    public TimeSpan BlockedAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// For how long a message may be ready without the receiver taking the next one; 5 s by default. Longer makes the channel degraded. Make it longer than
    /// the longest time that a handler needs for one message.
    /// </summary>
    public TimeSpan StalledAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The part of the ring that may be in use, from 0 to 1; 0.8 by default. More makes the channel degraded.</summary>
    public double MaxDepth { get; set; } = 0.8;
}
