namespace IpMpsc.Generators.Tests.Messages;

/// <summary>What the first version must not become.</summary>
[ChannelMessage(Name = "Market.Order")]
public partial record struct OrderRetyped
{
    public long Instrument;
    public uint Quantity;
}
