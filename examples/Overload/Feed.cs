namespace IpMpsc.Examples.Overload;

/// <summary>Sends prices of a few instruments as fast as it can. If the ring is full, it waits until the display has skipped outdated prices.</summary>
internal static class Feed
{
    public const int Instruments = 5;
    public const int Prices = 20_000;

    public static void Run(string channel)
    {
        using var sender = Sender<Price>.Open(channel);
        for (int number = 0; number < Prices; number++)
        {
            sender.Send(new Price { Instrument = number % Instruments, Number = number });
        }
    }
}
