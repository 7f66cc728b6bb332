namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>Another message of the tests, to be mistaken for the first one.</summary>
[ChannelMessage]
public partial struct Quote
{
    public double Bid;
}
