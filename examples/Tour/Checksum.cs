namespace IpMpsc.Examples.Tour;

/// <summary>An FNV-1a checksum of a message's content. It detects accidents, not attacks.</summary>
internal static class Checksum
{
    public const ulong Prime = 0x100_0000_01B3;

    private const ulong Basis = 0xCBF2_9CE4_8422_2325;

    public static ulong Of(ReadOnlySpan<byte> utf8)
    {
        ulong hash = Basis;
        foreach (byte value in utf8)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    public static ulong Of(in Quote quote)
    {
        ulong hash = (Basis ^ (uint)quote.Instrument) * Prime;
        hash = (hash ^ BitConverter.DoubleToUInt64Bits(quote.Bid)) * Prime;
        return (hash ^ BitConverter.DoubleToUInt64Bits(quote.Ask)) * Prime;
    }
}
