using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IpMpsc;

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

    /// <summary>The text of a variable field, as a string of its own.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the UTF-8 bytes of the text lie.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or is no UTF-8.</exception>
    public static string Text(ReadOnlySpan<byte> payload, WireRange range, string field)
    {
        ReadOnlySpan<byte> utf8 = Bytes(payload, range, field);
        try
        {
            return StrictUtf8.Encoding.GetString(utf8);
        }
        catch (ArgumentException error)
        {
            // Not only DecoderFallbackException: bytes that another process changes between the
            // decoder's two passes surface as the base class.
            throw new MessageFormatException($"The text of field '{field}' is not valid UTF-8.", error);
        }
    }
}
