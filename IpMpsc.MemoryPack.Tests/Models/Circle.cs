using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A case of a union.</summary>
[MemoryPackable]
public sealed partial record Circle(double Radius) : IShape;
