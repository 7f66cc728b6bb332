using IpMpsc.MemoryPack;
using IpMpsc.Objects;

namespace IpMpsc.Examples.OrderBook;

/// <summary>Places orders, cancels every third of them, and sends a snapshot of what is left.</summary>
internal static class Trader
{
    private const int Orders = 3_000;
    private static readonly string[] s_symbols = ["ABC", "DEF", "GHI"];

    public static void Run(string channel, string name)
    {
        using ObjectSender<IBookEvent> sender = MemoryPackSender.Open<IBookEvent>(channel);
        Book book = new();
        for (int id = 0; id < Orders; id++)
        {
            OrderPlaced order = new(name, id, s_symbols[id % s_symbols.Length], 100 + (id % 7 * 0.25m), 10 + (id % 5));
            book.Place(order);
            sender.Send(order);
            if (id % 9 == 3)
            {
                book.Cancel(id);
                sender.Send(new OrderCancelled(name, id));
            }
        }

        sender.Send(new Snapshot(name, book.Quantities()));
    }
}
