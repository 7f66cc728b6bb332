namespace IpMpsc.Generators.Tests.Messages;

/// <summary>An order as the first program declares it.</summary>
[ChannelMessage(Name = "Market.Order")]
public partial record struct OrderV1
{
    public long Instrument;
    public int Quantity;
}
