using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A recursive case of a union.</summary>
[MemoryPackable]
public sealed partial record Group(string Name, IShape[] Shapes) : IShape;
