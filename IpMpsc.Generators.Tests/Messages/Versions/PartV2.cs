namespace IpMpsc.Generators.Tests.Messages;

/// <summary>The same with a new field in former padding, and one that makes the message longer.</summary>
[ChannelMessage(Name = "Growing.Part", Version = 2)]
public partial record struct PartV2
{
    public string Name;
    public int Count;
    [Since(2)] public string? Comment;
    [Since(2)] public long Weight;
}
