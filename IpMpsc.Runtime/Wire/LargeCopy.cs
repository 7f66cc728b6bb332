using System.Runtime.CompilerServices;

namespace IpMpsc.Wire;

/// <summary>
/// Copies payloads into the ring. A large one is copied block by block: the system's copy goes past the caches
/// once it is told of a large destination, which takes longer and leaves nothing in a cache for the receiver.
/// </summary>
internal static class LargeCopy
{
    /// <summary>Bytes of a block. From 64 to 512 KiB there is no difference; docs/performance.md has the measurement.</summary>
    public const int Block = 256 * 1024;

    /// <summary>Copies all of the source to the start of the destination.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source; nothing was copied.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length <= Block)
        {
            source.CopyTo(destination);
        }
        else
        {
            CopyInBlocks(source, destination[..source.Length]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyInBlocks(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        while (source.Length > Block)
        {
            source[..Block].CopyTo(destination);
            source = source[Block..];
            destination = destination[Block..];
        }

        source.CopyTo(destination);
    }
}
