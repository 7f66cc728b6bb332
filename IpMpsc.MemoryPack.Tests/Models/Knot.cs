using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A type with circular references.</summary>
[MemoryPackable(GenerateType.CircularReference)]
public sealed partial class Knot
{
    [MemoryPackOrder(0)]
    public string? Name { get; set; }

    [MemoryPackOrder(1)]
    public Knot? Next { get; set; }
}
