using MemoryPack;

namespace IpMpsc.Examples.OrderBook;

/// <summary>A trader has cancelled one of its orders.</summary>
[MemoryPackable]
public sealed partial record OrderCancelled(string Trader, long Id) : IBookEvent;
