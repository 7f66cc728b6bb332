namespace IpMpsc.Generators.Tests.Messages;

/// <summary>A fixed message, a variable one and one of a later version, on one channel.</summary>
[ChannelProtocol(typeof(Point), typeof(Document), typeof(OrderV2))]
public partial class Conversation;
