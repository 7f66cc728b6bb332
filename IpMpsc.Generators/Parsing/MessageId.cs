using System.Text;

namespace IpMpsc.Generators.Parsing;

/// <summary>The id of a message that does not state one.</summary>
internal static class MessageId
{
    private const uint FnvOffsetBasis = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <summary>FNV-1a of the name in UTF-8, folded to 1..65535; part of the format, so it never changes.</summary>
    public static ushort Derive(string fullName) => (ushort)((Hash(fullName) % ushort.MaxValue) + 1);

    /// <summary>FNV-1a of a text in UTF-8.</summary>
    public static uint Hash(string text)
    {
        uint hash = FnvOffsetBasis;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ value) * FnvPrime);
        }

        return hash;
    }
}
