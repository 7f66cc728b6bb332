using IpMpsc.Benchmarks.Contenders;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>
/// Byte map of this library's ring without its guarantees: for one sender, records of
/// {count, length, payload} whose count makes them valid, and the position up to which they were
/// read. No compare-and-swap, no claims that others can see, no recovery, and no waiting except polling.
/// </summary>
internal static class RecordRing
{
    public const int ReadOffset = 0;
    public const int DataOffset = 4096;

    public const int LengthOffset = sizeof(long);
    public const int PayloadOffset = 16;

    /// <summary>The capacity that a channel has by default.</summary>
    public const long Capacity = 1 << 20;

    /// <summary>A length that marks the rest of the lap as empty.</summary>
    public const int EndOfLap = -1;

    public static long RecordSize(int length) => (PayloadOffset + length + 15) & ~15L;

    public static SharedPages Map(string path) => new(path, DataOffset + Capacity);
}
