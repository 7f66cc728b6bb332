namespace IpMpsc.Benchmarks.Messages;

/// <summary>The content of a <see cref="Fill"/> as a generated message; the venues are one text.</summary>
[ChannelMessage]
internal partial struct FillRecord
{
    public long Number;
    public double Price;
    public int Quantity;
    public string Symbol;
    public string Trader;
    public string Venues;

    public static FillRecord Of(long number) => new()
    {
        Number = number,
        Price = 1.5 * number,
        Quantity = (int)(number & 1023),
        Symbol = "SYMBOL-01",
        Trader = "trader of the second desk",
        Venues = "XETRA,NASDAQ,LSE,EURONEXT",
    };

    public static void Verify(long number, double price, int symbol, int trader, int venues, long expected)
    {
        if (number != expected || price != 1.5 * expected || symbol != 9 || trader != 25 || venues != 25)
        {
            throw new BenchmarkException($"Message {expected:N0} is not what was sent: number {number:N0}.");
        }
    }
}
