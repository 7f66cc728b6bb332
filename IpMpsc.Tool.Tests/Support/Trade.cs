namespace IpMpsc.Tool.Tests.Support;

/// <summary>Another message that the tool does not know, of fixed size.</summary>
[ChannelMessage]
public partial struct Trade
{
    public long Number;
    public byte Side;
}
