namespace IpMpsc.Generators.Tests.Messages;

/// <summary>A fixed message, a variable one and one that has grown, on one channel.</summary>
[ChannelProtocol(typeof(Point), typeof(Document), typeof(OrderV2))]
public partial class Conversation;
