using System.Runtime.CompilerServices;

namespace IpMpsc.Native.Tests.Vectors;

/// <summary>A message of fixed size with every type that such a message can have.</summary>
[ChannelMessage(Name = "Golden.Everything", Id = 8, Version = 2)]
public partial struct Everything
{
    public Int128 Signed128;
    public UInt128 Unsigned128;
    public Guid Id;
    public long Signed64;
    public ulong Unsigned64;
    public double Float64;
    public Point Origin;
    public int Signed32;
    public uint Unsigned32;
    public float Float32;
    public Four Numbers;
    public short Signed16;
    public ushort Unsigned16;
    public Half Float16;
    public char Letter;
    public Colour Colour;
    public sbyte Signed8;
    public byte Unsigned8;
    public bool Flag;

    [Since(2)]
    public short Added;
}

/// <summary>Four numbers in the fixed block.</summary>
[InlineArray(4)]
public struct Four
{
    private uint _first;
}
