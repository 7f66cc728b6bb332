namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>A message of the tests.</summary>
[ChannelMessage]
public partial struct Order
{
    public int Number;
    public int Customer;
    public string Text;
}
