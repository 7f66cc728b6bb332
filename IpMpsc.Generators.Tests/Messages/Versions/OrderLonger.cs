namespace IpMpsc.Generators.Tests.Messages;

/// <summary>A field that was added without a version.</summary>
[ChannelMessage(Name = "Market.Order")]
public partial record struct OrderLonger
{
    public long Instrument;
    public int Quantity;
    public int Forgotten;
}
