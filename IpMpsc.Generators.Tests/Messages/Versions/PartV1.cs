namespace IpMpsc.Generators.Tests.Messages;

/// <summary>A message that others contain, as the first program declares it.</summary>
[ChannelMessage(Name = "Growing.Part")]
public partial record struct PartV1
{
    public string Name;
    public int Count;
}
