namespace IpMpsc.Benchmarks.Messages;

/// <summary>48 bytes: with its header a record of 64.</summary>
[ChannelMessage]
internal partial struct Order : IVerified<Order>
{
    public long From;
    public long Count;
    public double Price;
    public double Amount;
    public long Account;
    public long Check;

    public readonly int Sender => (int)From;

    public readonly long Number => Count;

    public readonly bool IsWhole => Check == ~Count;

    public static Order Make(int sender, long number) =>
        new() { From = sender, Count = number, Price = 1.5, Amount = 100, Account = 7, Check = ~number };

    public static void Renumber(ref Order message, long number)
    {
        message.Count = number;
        message.Check = ~number;
    }
}
