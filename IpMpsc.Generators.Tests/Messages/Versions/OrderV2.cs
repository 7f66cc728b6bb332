namespace IpMpsc.Generators.Tests.Messages;

/// <summary>The same with new fields, some of which lie in former padding.</summary>
[ChannelMessage(Name = "Market.Order", Version = 2)]
public partial record struct OrderV2
{
    public long Instrument;
    public int Quantity;
    [Since(2)] public short Venue;
    [Since(2)] public bool IsFirm;
    [Since(2)] public double Limit { get; set; }
}
