namespace IpMpsc.Tests.Dropping;

/// <summary>Two message types in one channel.</summary>
[ChannelProtocol(typeof(Price), typeof(Name))]
public static partial class Feed;
