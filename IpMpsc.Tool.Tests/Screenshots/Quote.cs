using IpMpsc;

namespace Demo;

/// <summary>A quote, for the screenshots.</summary>
[ChannelMessage]
public partial struct Quote
{
    public int Instrument;
    public double Bid;
    public double Ask;
    public string Venue;

    private static readonly string[] s_venues = ["London", "Zürich", "Paris", "Tokyo"];

    /// <summary>The quote with a number.</summary>
    public static Quote Number(int number) => new()
    {
        Instrument = 1000 + (number % 10),
        Bid = 100 + (number % 8 * 0.25),
        Ask = 100.5 + (number % 8 * 0.25),
        Venue = s_venues[number % s_venues.Length],
    };
}
