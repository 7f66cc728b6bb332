namespace IpMpsc.Generators.Tests.Messages;

/// <summary>A message as the first program declares it.</summary>
[ChannelMessage(Name = "Growing.Holder")]
public partial struct HolderV1
{
    public PartV1 One;
    public PartV1[] Many;
    public Dictionary<string, TickV1> Ticks;
    public int Last;
}
