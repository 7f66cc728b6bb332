namespace IpMpsc.Nats.Tests.Support;

/// <summary>A protocol of the tests.</summary>
[ChannelProtocol(typeof(Tick), typeof(Halt))]
public static partial class SharedLine;
