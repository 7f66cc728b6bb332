namespace IpMpsc.Tool.Tests.Support;

/// <summary>A message that the tool does not know.</summary>
[ChannelMessage]
public partial struct Quote
{
    public int Instrument;
    public double Bid;
    public string Venue;
    public short[] Depths;

    /// <summary>The quote with a number.</summary>
    public static Quote Number(int number) => new()
    {
        Instrument = number,
        Bid = number + 0.5,
        Venue = $"Zürich {number}",
        Depths = [(short)number, -1],
    };
}
