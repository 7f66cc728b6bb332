using MemoryPack;

namespace IpMpsc.Tests.Aot;

/// <summary>An object in the format of MemoryPack, which contains others of its kind.</summary>
[MemoryPackable]
public sealed partial class Parcel
{
    public string Name { get; set; } = "";

    public Dictionary<string, int> Weights { get; set; } = [];

    public List<Parcel> Inside { get; set; } = [];
}
