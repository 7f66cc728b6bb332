namespace IpMpsc.Examples.Hosting;

/// <summary>What the workers send.</summary>
[ChannelMessage]
public partial struct Order
{
    public int Worker;
    public int Number;
    public string Item;
}
