namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>A protocol of the tests.</summary>
[ChannelProtocol(typeof(Order), typeof(Quote))]
public static partial class Shop;
