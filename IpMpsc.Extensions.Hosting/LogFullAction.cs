namespace IpMpsc.Extensions.Hosting;

/// <summary>What a logger does when the channel of the log has no room.</summary>
public enum LogFullAction
{
    /// <summary>
    /// It drops the event and counts it. The next event that finds room says how many were dropped, and so does the meter.
    /// </summary>
    Drop,

    /// <summary>It waits for room, but for no longer than <see cref="ChannelLoggerOptions.MaxBlockTime"/>; then it drops the event.</summary>
    Block,
}
