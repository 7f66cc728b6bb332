using System.Text;

namespace IpMpsc.Generators.Parsing;

/// <summary>The id of a message that does not state one.</summary>
internal static class MessageId
{
    private const uint FnvOffsetBasis = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <summary>FNV-1a of the name in UTF-8, folded to 1..65535; part of the format, so it never changes.</summary>
    public static ushort Derive(string fullName)
    {
        uint hash = FnvOffsetBasis;
        foreach (byte value in Encoding.UTF8.GetBytes(fullName))
        {
            hash = unchecked((hash ^ value) * FnvPrime);
        }

        return (ushort)((hash % ushort.MaxValue) + 1);
    }
}
