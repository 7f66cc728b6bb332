using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>The members of <see cref="Point"/> in another order.</summary>
[MemoryPackable]
public partial record struct PointReordered(long Y, int X);
