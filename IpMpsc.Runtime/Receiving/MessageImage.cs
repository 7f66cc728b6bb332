using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IpMpsc.Receiving;

/// <summary>Copies a message of fixed size out of the ring. Such a message is its own wire image.</summary>
internal static class MessageImage
{
    private const int Piece = 32;

    /// <summary>For more pieces than this, one store that has to wait does not matter.</summary>
    private const int MostPieces = 8;

    /// <summary>
    /// Copies in pieces of 32 bytes. The compiler would use 64 if the processor can. But the destination is on
    /// the stack, aligned to 8, and the fields can be read only after every store that crosses a cache line has reached the cache.
    /// Nearly all pieces of 64 bytes cross a line, and fewer than half of the pieces of 32 bytes.
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
