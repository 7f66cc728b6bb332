namespace IpMpsc.Benchmarks.Limits;

/// <summary>
/// Byte map of the ring of this library without what makes it one: for one sender, records of
/// {count, length, payload} whose count says that they are there, and the position up to which they were
/// read. No compare-and-swap, no claim to be found by others, no recovery, no waiting but polling.
/// </summary>
internal static class RecordRing
{
    public const int ReadOffset = 0;
    public const int DataOffset = 4096;

    public const int LengthOffset = sizeof(long);
    public const int PayloadOffset = 16;

    /// <summary>The capacity that a channel has by default.</summary>
    public const long Capacity = 1 << 20;

    /// <summary>A length that says: the rest of the lap is empty.</summary>
    public const int EndOfLap = -1;

    public static long RecordSize(int length) => (PayloadOffset + length + 15) & ~15L;

    public static SharedPages Map(string path) => new(path, DataOffset + Capacity);
}
