using System.Buffers.Binary;

namespace IpMpsc.Benchmarks.Messages;

/// <summary>A number at both ends of some bytes, by which their receiver can tell whether they came whole and in order.</summary>
internal static class Ends
{
    public static void Stamp(Span<byte> bytes, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[^sizeof(long)..], number);
    }

    /// <summary>Whether there are that many bytes, and the number stands at both ends of them.</summary>
    public static bool Hold(ReadOnlySpan<byte> bytes, int length, long number) =>
        bytes.Length == length
        && BinaryPrimitives.ReadInt64LittleEndian(bytes) == number
        && BinaryPrimitives.ReadInt64LittleEndian(bytes[^sizeof(long)..]) == number;
}
