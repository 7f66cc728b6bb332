namespace IpMpsc.Generators.Tests.Messages;

/// <summary>The same with a field that lies in what was padding, and one that is longer.</summary>
[ChannelMessage(Name = "Growing.Part", Version = 2)]
public partial record struct PartV2
{
    public string Name;
    public int Count;
    [Since(2)] public string? Comment;
    [Since(2)] public long Weight;
}
