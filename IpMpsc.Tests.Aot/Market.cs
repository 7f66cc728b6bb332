namespace IpMpsc.Tests.Aot;

/// <summary>Several message types on one channel.</summary>
[ChannelProtocol(typeof(Quote), typeof(Note))]
public static partial class Market;
