namespace IpMpsc.Telemetry;

/// <summary>What a participant has counted since it joined.</summary>
internal readonly record struct ChannelTally(
    long Messages, long Bytes, long Waits, long WakeUps, long Recoveries, long Skipped, long Dropped)
{
    public static ChannelTally operator +(ChannelTally a, ChannelTally b) => new(
        a.Messages + b.Messages,
        a.Bytes + b.Bytes,
        a.Waits + b.Waits,
        a.WakeUps + b.WakeUps,
        a.Recoveries + b.Recoveries,
        a.Skipped + b.Skipped,
        a.Dropped + b.Dropped);
}
