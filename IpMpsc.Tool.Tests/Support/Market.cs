namespace IpMpsc.Tool.Tests.Support;

/// <summary>A channel with two types of messages.</summary>
[ChannelProtocol(typeof(Quote), typeof(Trade))]
public static partial class Market;
