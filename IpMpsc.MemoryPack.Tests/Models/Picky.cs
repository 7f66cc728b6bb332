using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A message whose serialization can be made to fail.</summary>
[MemoryPackable]
public sealed partial class Picky
{
    public bool Throws { get; set; }

    public byte[] Ballast { get; set; } = [];

    [MemoryPackOnSerialized]
    private void Check()
    {
        if (Throws)
        {
            throw new NotSupportedException("This message cannot be serialized.");
        }
    }
}
