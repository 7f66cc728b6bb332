namespace IpMpsc.Generators.Tests.Messages;

/// <summary>The same message, whose parts have new fields.</summary>
[ChannelMessage(Name = "Growing.Holder")]
public partial struct HolderV2
{
    public PartV2 One;
    public PartV2[] Many;
    public Dictionary<string, TickV2> Ticks;
    public int Last;
}
