using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A recursive type: a hostile payload can nest it as deep as it likes.</summary>
[MemoryPackable]
public sealed partial class Chain
{
    public Chain? Next { get; set; }
}
