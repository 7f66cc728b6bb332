namespace IpMpsc.Benchmarks.Messages;

/// <summary>32 bytes, for round trips.</summary>
[ChannelMessage]
internal partial struct Ping : IVerified<Ping>
{
    public long From;
    public long Count;
    public long Copy;
    public long Check;

    public readonly int Sender => (int)From;

    public readonly long Number => Count;

    public readonly bool IsWhole => Check == ~Count && Copy == Count;

    public static Ping Make(int sender, long number) =>
        new() { From = sender, Count = number, Copy = number, Check = ~number };

    public static void Renumber(ref Ping message, long number)
    {
        message.Count = number;
        message.Copy = number;
        message.Check = ~number;
    }
}
