namespace IpMpsc.Generators.Tests.Messages;

/// <summary>The same with a new field.</summary>
[ChannelMessage(Name = "Growing.Tick", Version = 2)]
public partial record struct TickV2
{
    public int Price;
    [Since(2)] public double Volume;
}
