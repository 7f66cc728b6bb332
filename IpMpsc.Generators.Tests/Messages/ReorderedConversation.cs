namespace IpMpsc.Generators.Tests.Messages;

/// <summary>The same as <see cref="Conversation"/> in another order, as an older program declares it.</summary>
[ChannelProtocol(typeof(OrderV1), typeof(Document), typeof(Point))]
public static partial class ReorderedConversation;
