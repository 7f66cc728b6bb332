using MemoryPack;

namespace IpMpsc.MemoryPack.Tests.Models;

/// <summary>A message that cannot be serialized if it says so.</summary>
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
            throw new NotSupportedException("This one not.");
        }
    }
}
