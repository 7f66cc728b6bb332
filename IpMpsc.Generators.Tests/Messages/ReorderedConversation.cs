namespace IpMpsc.Generators.Tests.Messages;

/// <summary>The same as <see cref="Conversation"/> in another order, and by a program that is older.</summary>
[ChannelProtocol(typeof(OrderV1), typeof(Document), typeof(Point))]
public static partial class ReorderedConversation;
