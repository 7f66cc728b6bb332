namespace IpMpsc.Generators.Tests.Messages;

/// <summary>The same with further, variable fields.</summary>
[ChannelMessage(Name = "Market.Order", Version = 3)]
public partial record struct OrderV3
{
    public long Instrument;
    public int Quantity;
    [Since(2)] public short Venue;
    [Since(2)] public bool IsFirm;
    [Since(2)] public double Limit { get; set; }
    [Since(3)] public string Account { get; set; }
    [Since(3)] public string? Comment { get; set; }
    [Since(3)] public long[] Legs { get; set; }
}
