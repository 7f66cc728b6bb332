using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A version-tolerant type.</summary>
[MemoryPackable(GenerateType.VersionTolerant)]
public sealed partial class Growing
{
    [MemoryPackOrder(0)]
    public int Old { get; set; }

    [MemoryPackOrder(1)]
    public string? New { get; set; }
}
