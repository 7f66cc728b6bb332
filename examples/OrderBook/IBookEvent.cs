using MemoryPack;

namespace IpMpsc.Examples.OrderBook;

/// <summary>What traders tell the exchange: a union of records.</summary>
[MemoryPackable]
[MemoryPackUnion(0, typeof(OrderPlaced))]
[MemoryPackUnion(1, typeof(OrderCancelled))]
[MemoryPackUnion(2, typeof(Snapshot))]
public partial interface IBookEvent
{
    /// <summary>Who sent it.</summary>
    string Trader { get; }
}
