using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A struct without references, which MemoryPack copies as it is.</summary>
[MemoryPackable]
public partial record struct Point(int X, long Y);
