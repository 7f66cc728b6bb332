using MemoryPack;

namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>An object of the tests.</summary>
[MemoryPackable]
public sealed partial class Parcel
{
    public int Number { get; set; }

    public List<string> Labels { get; set; } = [];
}
