using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IpMpsc.Core;

/// <summary>
/// Copies payloads into the ring. A large one goes past the caches where the processor can do that: its
/// lines need not be fetched before they are overwritten, and it does not push out what its sender works with.
/// </summary>
internal static unsafe class LargeCopy
{
    /// <summary>
    /// From this size on a copy goes past the caches, in bytes. A smaller one is still in a cache when the
    /// receiver reads it, which is worth more; docs/performance.md has the measurement.
    /// </summary>
    public const int Threshold = 1 << 20;

    private const int Line = 64;

    /// <summary>
    /// How far ahead the source is asked for, in bytes: two pages. What a processor fetches ahead by itself
    /// ends with the page. To ask beyond the end of the source does nothing.
    /// </summary>
    private const int Ahead = 8192;

    /// <summary>Copies all of the source to the start of the destination.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.Length < Threshold || !Avx.IsSupported)
        {
            source.CopyTo(destination);
        }
        else
        {
            CopyPastCaches(source, destination[..source.Length]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CopyPastCaches(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        fixed (byte* from = source, to = destination)
        {
            int begin = (int)(-(nint)to & (Line - 1));
            int end = begin + ((source.Length - begin) & -Line);
            source[..begin].CopyTo(destination);
            for (int offset = begin; offset < end; offset += Line)
            {
                Sse.PrefetchNonTemporal(from + offset + Ahead);
                Vector256<byte> first = Vector256.Load(from + offset);
                Vector256<byte> second = Vector256.Load(from + offset + Vector256<byte>.Count);
                first.StoreAlignedNonTemporal(to + offset);
                second.StoreAlignedNonTemporal(to + offset + Vector256<byte>.Count);
            }

            source[end..].CopyTo(destination[end..]);
        }

        // Such stores are not ordered like others: without this they could become visible after the stamp.
        Sse.StoreFence();
    }
}
