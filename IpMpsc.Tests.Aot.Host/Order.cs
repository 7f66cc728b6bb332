namespace IpMpsc.Tests.Aot.Host;

/// <summary>What the senders send.</summary>
[ChannelMessage]
public partial struct Order
{
    public int Number;
    public int Customer;
    public string Item;
}
