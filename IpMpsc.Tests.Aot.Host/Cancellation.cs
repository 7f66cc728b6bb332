namespace IpMpsc.Tests.Aot.Host;

/// <summary>Another message on the channel of the orders.</summary>
[ChannelMessage]
public partial struct Cancellation
{
    public int Number;
}
