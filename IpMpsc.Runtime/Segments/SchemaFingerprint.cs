namespace IpMpsc.Segments;

/// <summary>
/// The 64-bit FNV-1a hash of a schema text (Fowler, Noll and Vo): a quick first look at whether two
/// texts are the same. Equal fingerprints are never trusted, the texts are compared as well.
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
