namespace IpMpsc.Tool.Bench;

/// <summary>64 bytes that go one way.</summary>
[ChannelMessage]
public partial struct Block
{
    public long Number;
    public long First;
    public long Second;
    public long Third;
    public long Fourth;
    public long Fifth;
    public long Sixth;
    public long Seventh;
}
