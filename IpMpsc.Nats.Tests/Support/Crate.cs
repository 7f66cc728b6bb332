using MemoryPack;

namespace IpMpsc.Nats.Tests.Support;

/// <summary>An object of the tests.</summary>
[MemoryPackable]
public sealed partial class Crate
{
    public List<string> Labels { get; set; } = [];
}
