namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>Another message of the tests, with another schema.</summary>
[ChannelMessage]
public partial struct Quote
{
    public double Bid;
}
