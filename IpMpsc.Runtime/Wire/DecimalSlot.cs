using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>A decimal number, with the bits that it has in memory. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DecimalSlot
{
    /// <summary>The scale in bits 16 to 23, the sign in bit 31.</summary>
    public uint Flags;

    /// <summary>The upper 32 bits of the number.</summary>
    public uint High;

    /// <summary>The lower 64 bits of the number.</summary>
    public ulong Low;
}
