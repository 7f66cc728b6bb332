namespace IpMpsc.Generators.Tests.Messages;

/// <summary>A message of fixed size that others contain, which may grow.</summary>
[ChannelMessage(Name = "Growing.Tick", CanGrow = true)]
public partial record struct TickV1
{
    public int Price;
}
