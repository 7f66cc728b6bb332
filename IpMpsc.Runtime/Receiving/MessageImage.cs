using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IpMpsc.Receiving;

/// <summary>Copies a message of fixed size, which is its own wire image, out of the ring.</summary>
internal static class MessageImage
{
    private const int Piece = 32;

    /// <summary>Beyond this many pieces, one store more or less that has to wait does not matter.</summary>
    private const int MostPieces = 8;

    /// <summary>
    /// Copies by pieces of 32 bytes. The compiler would take 64 where the processor can; but it copies to a place on
    /// the stack, which is aligned to 8, and a store that crosses a cache line must be in the cache before the fields
    /// can be read. With pieces of 64 that is nearly every one, with pieces of 32 not even every other.
    /// </summary>
    /// <param name="payload">At least as long as the message.</param>
    /// <param name="message">The message.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read<T>(ReadOnlySpan<byte> payload, out T message) where T : struct
    {
        ref byte from = ref MemoryMarshal.GetReference(payload);
        if (Unsafe.SizeOf<T>() is < 2 * Piece or > MostPieces * Piece)
        {
            message = Unsafe.ReadUnaligned<T>(ref from);
            return;
        }

        Unsafe.SkipInit(out message);
        ref byte to = ref Unsafe.As<T, byte>(ref message);
        for (int offset = 0; offset <= Unsafe.SizeOf<T>() - Piece; offset += Piece)
        {
            Copy(ref Unsafe.Add(ref from, offset), ref Unsafe.Add(ref to, offset));
        }

        if (Unsafe.SizeOf<T>() % Piece != 0)
        {
            int last = Unsafe.SizeOf<T>() - Piece;
            Copy(ref Unsafe.Add(ref from, last), ref Unsafe.Add(ref to, last));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref byte from, ref byte to) =>
        Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<Vector256<byte>>(ref from));
}
