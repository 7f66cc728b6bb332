namespace IpMpsc.Nats.Tests.Support;

/// <summary>Another message of the tests.</summary>
[ChannelMessage]
public partial struct Halt
{
    public int Code;
}
