namespace IpMpsc.Examples.Overload;

/// <summary>Shows the newest price of each instrument, more slowly than prices arrive.</summary>
internal static class Display
{
    public static bool Run(string channel)
    {
        IpcChannelOptions options = new() { Capacity = 8192, FullMode = FullMode.LatestOnly, EndWithSenders = true };
        using var receiver = Receiver<Price>.Create(channel, options);
        receiver.LatestBy(static (Price.View price) => price.Instrument);
        using var feed = Partner.Start("feed", channel);
        int shown = 0;
        int[] last = new int[Feed.Instruments];
        foreach (var message in receiver.ReadAll())
        {
            Thread.Sleep(1); // drawing
            last[message.View.Instrument] = message.View.Number;
            shown++;
        }

        bool isComplete = shown + receiver.DroppedMessages == Feed.Prices;
        bool isLatest = last.SequenceEqual(Enumerable.Range(Feed.Prices - Feed.Instruments, Feed.Instruments));
        Console.WriteLine($"{Feed.Prices:N0} prices: {shown:N0} shown, {receiver.DroppedMessages:N0} outdated; the last price of each instrument was {(isLatest ? "shown" : "missed")}");
        return isComplete && isLatest;
    }
}
