using System.Text;

namespace IpMpsc.MemoryPack;

/// <summary>The 64-bit FNV-1a hash (Fowler, Noll and Vo) of a text in UTF-8.</summary>
internal static class Fnv
{
    public static ulong Of(string text)
    {
        ulong hash = 0xcbf2_9ce4_8422_2325;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ value) * 0x100_0000_01b3;
        }

        return hash;
    }
}
