using System.Buffers.Binary;

namespace IpMpsc.Benchmarks.Messages;

/// <summary>A number at both ends of some bytes, by which the receiver can check that they arrived whole and in order.</summary>
internal static class Ends
{
    public static void Stamp(Span<byte> bytes, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[^sizeof(long)..], number);
    }

    /// <summary>Whether there are this many bytes, with the number at both ends.</summary>
    public static bool Hold(ReadOnlySpan<byte> bytes, int length, long number) =>
        bytes.Length == length
        && BinaryPrimitives.ReadInt64LittleEndian(bytes) == number
        && BinaryPrimitives.ReadInt64LittleEndian(bytes[^sizeof(long)..]) == number;
}
