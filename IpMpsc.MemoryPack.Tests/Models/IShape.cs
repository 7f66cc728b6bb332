using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A union.</summary>
[MemoryPackable]
[MemoryPackUnion(0, typeof(Circle))]
[MemoryPackUnion(1, typeof(Group))]
public partial interface IShape;
