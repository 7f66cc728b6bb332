using MemoryPack;

namespace IpMpsc.Examples.OrderBook;

/// <summary>A trader has placed an order.</summary>
[MemoryPackable]
public sealed partial record OrderPlaced(string Trader, long Id, string Symbol, decimal Price, int Quantity) : IBookEvent;
