using MemoryPack;

namespace IpMpsc.Examples.OrderBook;

/// <summary>Every open order of a trader, by symbol and price.</summary>
[MemoryPackable]
public sealed partial record Snapshot(string Trader, Dictionary<string, SortedDictionary<decimal, int>> Quantities) : IBookEvent;
