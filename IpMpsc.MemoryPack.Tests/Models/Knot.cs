using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A type that refers to itself in a circle.</summary>
[MemoryPackable(GenerateType.CircularReference)]
public sealed partial class Knot
{
    [MemoryPackOrder(0)]
    public string? Name { get; set; }

    [MemoryPackOrder(1)]
    public Knot? Next { get; set; }
}
