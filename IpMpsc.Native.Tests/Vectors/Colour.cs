namespace IpMpsc.Native.Tests.Vectors;

/// <summary>An enum of two bytes.</summary>
public enum Colour : ushort
{
    None,
    Red = 0xFF00,
}
