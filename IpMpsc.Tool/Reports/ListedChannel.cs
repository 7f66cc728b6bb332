namespace IpMpsc.Tool.Reports;

/// <summary>A channel, and whose it is.</summary>
internal sealed record ListedChannel(ChannelInfo Channel, FileOwnership? Ownership);
