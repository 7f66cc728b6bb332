namespace IpMpsc.Segments;

/// <summary>
/// The 64-bit FNV-1a hash (Fowler, Noll and Vo) of a schema text. Different fingerprints prove different texts; for
/// equal ones the texts are compared too.
/// </summary>
internal static class SchemaFingerprint
{
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        ulong hash = 0xcbf2_9ce4_8422_2325;
        foreach (byte value in text)
        {
            hash = (hash ^ value) * 0x100_0000_01b3;
        }

        return hash;
    }
}
