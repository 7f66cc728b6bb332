namespace IpMpsc.Tests.Waiting;

/// <summary>A numbered message of fixed size.</summary>
[ChannelMessage]
public partial struct Tick
{
    public long Number;
    public long Source;
}
