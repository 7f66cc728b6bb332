using IpMpsc.Benchmarks.Contenders;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>Byte map of the line: the count, then the message.</summary>
internal static class CacheLine
{
    public const int MessageOffset = sizeof(long);

    /// <summary>The largest message that lies in the same line as its count.</summary>
    public const int MaxMessage = 64 - MessageOffset;

    public static SharedPages Map(string path) => new(path, 4096);
}
