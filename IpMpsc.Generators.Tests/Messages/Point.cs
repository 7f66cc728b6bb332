namespace IpMpsc.Generators.Tests.Messages;

[ChannelMessage(Id = 42)]
public readonly partial record struct Point(double X, float Y);
