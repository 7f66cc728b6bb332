namespace IpMpsc.Benchmarks.Messages;

/// <summary>64 bytes, for one-way streams.</summary>
[ChannelMessage]
internal partial struct Tick : IVerified<Tick>
{
    public long From;
    public long Count;
    public double Bid;
    public double Ask;
    public long BidSize;
    public long AskSize;
    public long Venue;
    public long Check;

    public readonly int Sender => (int)From;

    public readonly long Number => Count;

    public readonly bool IsWhole => Check == ~Count;

    public static Tick Make(int sender, long number) => new()
    {
        From = sender, Count = number, Bid = 1.25, Ask = 1.5, BidSize = 100, AskSize = 200, Venue = 7, Check = ~number,
    };

    public static void Renumber(ref Tick message, long number)
    {
        message.Count = number;
        message.Check = ~number;
    }
}
