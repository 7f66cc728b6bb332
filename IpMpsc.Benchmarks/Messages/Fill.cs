using MemoryPack;

namespace IpMpsc.Benchmarks.Messages;

/// <summary>An execution of an order as an object, with texts and a list: about 200 bytes when serialized.</summary>
[MemoryPackable]
internal sealed partial class Fill
{
    private static readonly string[] s_venues = ["XETRA", "NASDAQ", "LSE", "EURONEXT"];

    public long Number { get; set; }

    public double Price { get; set; }

    public int Quantity { get; set; }

    public string Symbol { get; set; } = "";

    public string Trader { get; set; } = "";

    public List<string> Venues { get; set; } = [];

    public static Fill Of(long number) => new()
    {
        Number = number,
        Price = 1.5 * number,
        Quantity = (int)(number & 1023),
        Symbol = "SYMBOL-01",
        Trader = "trader of the second desk",
        Venues = [.. s_venues],
    };

    public void Verify(long expected)
    {
        if (Number != expected || Price != 1.5 * expected || Symbol.Length != 9 || Trader.Length != 25 || Venues.Count != s_venues.Length)
        {
            throw new BenchmarkException($"Message {expected:N0} is not what was sent: number {Number:N0}.");
        }
    }
}
