namespace IpMpsc.Generators.Tests.Messages;

[ChannelProtocol(typeof(Point), typeof(OrderV2))]
internal static partial class ShorterConversation;
