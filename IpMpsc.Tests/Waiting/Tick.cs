namespace IpMpsc.Tests.Waiting;

/// <summary>A message of fixed size that says which one it is.</summary>
[ChannelMessage]
public partial struct Tick
{
    public long Number;
    public long Source;
}
