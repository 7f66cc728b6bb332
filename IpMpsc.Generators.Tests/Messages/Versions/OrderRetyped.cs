namespace IpMpsc.Generators.Tests.Messages;

/// <summary>An incompatible change of the first version: a field with another type.</summary>
[ChannelMessage(Name = "Market.Order")]
public partial record struct OrderRetyped
{
    public long Instrument;
    public uint Quantity;
}
