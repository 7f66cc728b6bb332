namespace IpMpsc.Tool.Bench;

/// <summary>32 bytes that go there and back.</summary>
[ChannelMessage]
public partial struct Ping
{
    public long Number;
    public long First;
    public long Second;
    public long Third;
}
