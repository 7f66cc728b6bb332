using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IpMpsc.Messages;

/// <summary>Copies a message of fixed size, which is its own wire image, out of the ring.</summary>
internal static class MessageImage
{
    private const int Piece = 32;

    /// <summary>
    /// Copies by pieces of 32 bytes. The compiler would take 64 where the processor can; but what it copies to is
    /// a place on the stack, which is aligned to 8, and a store that crosses a cache line must be in the cache before
    /// the fields can be read. With pieces of 32 that is one store of two or more, not every one.
    /// </summary>
    /// <param name="payload">At least as long as the message.</param>
    /// <param name="message">The message.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read<T>(ReadOnlySpan<byte> payload, out T message) where T : struct
    {
        ref byte from = ref MemoryMarshal.GetReference(payload);
        if (Unsafe.SizeOf<T>() is < 2 * Piece or > 8 * Piece)
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
