using System.Diagnostics;
using IpMpsc;
using IpMpsc.Examples;
using IpMpsc.Examples.OrderBook;
using IpMpsc.MemoryPack;

// The exchange starts two traders, each in a process of its own. They send events of several types, a union, to the exchange.
// At the end, each trader sends a snapshot of its open orders, and the exchange compares it with the book that it has built.
if (args is ["trade", var channel, var name])
{
    Trader.Run(channel, name);
    return 0;
}

using var receiver = MemoryPackReceiver.CreateTemporary<IBookEvent>(new IpcChannelOptions { EndWithSenders = true });

// One trader may finish before the other one starts. This sender keeps the channel from completing in between.
using var doorkeeper = MemoryPackSender.Open<IBookEvent>(receiver.Path);
Process[] traders = [.. new[] { "Ada", "Bob" }.Select(trader => Process.Start(ThisProgram.With("trade", receiver.Path, trader))!)];
Task bothHaveLeft = Task.WhenAll(traders.Select(trader => trader.WaitForExitAsync())).ContinueWith(_ => doorkeeper.Dispose(), TaskScheduler.Default);

Exchange exchange = new();
foreach (IBookEvent next in receiver.ReadAll()) // ends when both traders have left
{
    exchange.Apply(next);
}

await bothHaveLeft;
Array.ForEach(traders, static trader => trader.Dispose());

exchange.Print(Console.Out);
return exchange.AgreedSnapshots == traders.Length ? 0 : 1;
