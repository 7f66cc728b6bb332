namespace IpMpsc.Tests.Aot.Host;

/// <summary>Both messages on one channel.</summary>
[ChannelProtocol(typeof(Order), typeof(Cancellation))]
public static partial class Desk;
