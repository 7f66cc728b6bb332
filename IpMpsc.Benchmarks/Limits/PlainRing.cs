using System.Numerics;
using IpMpsc.Benchmarks.Contenders;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>
/// Byte map of an unsynchronised ring for one sender: a power of two of fixed slots, the count of
/// messages written and that of messages read, each with 128 bytes to itself. No header, no length, no
/// recovery, and no waiting except polling.
/// </summary>
internal static unsafe class PlainRing
{
    public const int WrittenOffset = 0;
    public const int ReadOffset = 128;
    public const int SlotsOffset = 4096;

    /// <summary>The capacity that a channel has by default, in payload bytes.</summary>
    public const int Bytes = 1 << 20;

    public static int Slots<T>() where T : unmanaged => 1 << BitOperations.Log2((uint)(Bytes / sizeof(T)));

    public static SharedPages Map<T>(string path) where T : unmanaged => new(path, SlotsOffset + ((long)Slots<T>() * sizeof(T)));
}
