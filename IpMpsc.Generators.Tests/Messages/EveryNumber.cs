namespace IpMpsc.Generators.Tests.Messages;

/// <summary>Every fixed type, in an order that leaves holes wherever alignment can leave one.</summary>
[ChannelMessage]
public partial record struct EveryNumber
{
    public bool Flag;
    public short Int16;
    public sbyte Int8;
    public long Int64;
    public byte UInt8;
    public Int128 Int128;
    public char Letter;
    public int Int32;
    public Side Side;
    public Guid Guid;
    public Half Half;
    public double Double;
    public ushort UInt16;
    public float Single;
    public UInt128 UInt128;
    public uint UInt32;
    public ulong UInt64;
}
