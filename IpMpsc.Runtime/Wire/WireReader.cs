using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IpMpsc.Wire;

/// <summary>Reads the parts of a payload that nobody vouches for. Used by generated code.</summary>
/// <remarks>
/// The payload is shared memory that another process may change at any instant. Whatever decides
/// about an access is therefore copied out of it once, checked, and used from the copy.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireReader
{
    /// <summary>The fixed block at the start of a payload, in place.</summary>
    /// <typeparam name="TBlock">A struct whose layout in memory is that of the fixed block.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <returns>A reference into the payload.</returns>
    /// <exception cref="MessageFormatException">The payload is shorter than the block.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly TBlock Block<TBlock>(ReadOnlySpan<byte> payload) where TBlock : unmanaged
    {
        if (payload.Length < Unsafe.SizeOf<TBlock>())
        {
            WireThrowHelper.ThrowPayloadTooShort(payload.Length, Unsafe.SizeOf<TBlock>());
        }

        return ref Unsafe.As<byte, TBlock>(ref MemoryMarshal.GetReference(payload));
    }

    /// <summary>The fixed block of a message whose sender may know fewer fields.</summary>
    /// <typeparam name="TBlock">A struct whose layout in memory is that of the fixed block with all fields.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <param name="size">
    /// Bytes of the block in the version of the sender. Fields behind them must not be touched.
    /// </param>
    /// <returns>A reference into the payload.</returns>
    /// <exception cref="MessageFormatException">The payload is shorter than the sender's block.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref readonly TBlock Block<TBlock>(ReadOnlySpan<byte> payload, int size) where TBlock : unmanaged
    {
        if (payload.Length < size)
        {
            WireThrowHelper.ThrowPayloadTooShort(payload.Length, size);
        }

        return ref Unsafe.As<byte, TBlock>(ref MemoryMarshal.GetReference(payload));
    }

    /// <summary>Whether a nullable field is not null.</summary>
    /// <param name="range">Where the field lies.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasValue(WireRange range) => range.Offset != 0;

    /// <summary>The bytes of a variable field, in place.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the field lies; a copy, so that the range checked is the range used.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> payload, WireRange range, string field)
    {
        // The sum of two 32-bit numbers cannot overflow 64 bits, so this one comparison is the whole check.
        if ((ulong)range.Offset + range.Length > (uint)payload.Length)
        {
            WireThrowHelper.ThrowRangeOutside(range, payload.Length, field);
        }

        return MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.Add(ref MemoryMarshal.GetReference(payload), range.Offset), (int)range.Length);
    }

    /// <summary>The elements of an array, in place.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the elements lie.</param>
    /// <param name="alignment">What their offset must be a multiple of.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <typeparam name="T">The elements.</typeparam>
    /// <exception cref="MessageFormatException">
    /// The range does not lie within the payload, is not aligned, or ends within an element.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> Array<T>(ReadOnlySpan<byte> payload, WireRange range, int alignment, string field)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = Bytes(payload, range, field);
        if ((range.Offset & (uint)(alignment - 1)) != 0 || range.Length % (uint)Unsafe.SizeOf<T>() != 0)
        {
            WireThrowHelper.ThrowMisaligned(range, alignment, Unsafe.SizeOf<T>(), field);
        }

        return MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<byte, T>(ref MemoryMarshal.GetReference(bytes)), bytes.Length / Unsafe.SizeOf<T>());
    }

    /// <summary>The payload of a nested message, in place; one whose fields are all zero if there is none.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the nested payload lies.</param>
    /// <param name="alignment">What its offset must be a multiple of.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <typeparam name="T">The type of the nested message.</typeparam>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or is not aligned.</exception>
    public static ReadOnlySpan<byte> Message<T>(ReadOnlySpan<byte> payload, WireRange range, int alignment, string field)
        where T : struct, IChannelMessage<T> =>
        HasValue(range) ? Array<byte>(payload, range, alignment, field) : Absent<T>.Payload;

    /// <summary>The payloads of an array of messages with variable fields, in place.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the ranges of the messages lie.</param>
    /// <param name="alignment">What the offset of each message must be a multiple of.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or is not aligned.</exception>
    public static WirePayloads Messages(ReadOnlySpan<byte> payload, WireRange range, int alignment, string field) =>
        new(payload, Array<WireRange>(payload, range, WireRange.Alignment, field), alignment, field);

    private static class Absent<T> where T : struct, IChannelMessage<T>
    {
        public static readonly byte[] Payload = new byte[T.FixedSize];
    }
}
