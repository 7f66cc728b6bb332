using System.Buffers.Binary;
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

    /// <summary>A message that is its own image, made of a payload whose sender may know fewer fields.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <param name="size">Bytes of the fields that the sender knows; the others are zero.</param>
    /// <exception cref="MessageFormatException">The payload is shorter than these.</exception>
    public static T Image<T>(ReadOnlySpan<byte> payload, int size) where T : unmanaged
    {
        if (payload.Length < size)
        {
            WireThrowHelper.ThrowPayloadTooShort(payload.Length, size);
        }

        T message = default;
        payload[..size].CopyTo(MemoryMarshal.AsBytes(new Span<T>(ref message)));
        return message;
    }

    /// <summary>A message that is its own image, made of one in place of which the sender may know fewer fields.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message in a payload of at least as many bytes.</param>
    /// <param name="size">Bytes of the fields that the sender knows; the others are zero.</param>
    public static T Image<T>(ref readonly T message, int size) where T : unmanaged =>
        Image<T>(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in message)), size), size);

    /// <summary>The elements of a fixed buffer of a message that is its own image.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <typeparam name="TElement">The elements.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="offset">Bytes from its start to the buffer.</param>
    /// <param name="size">Bytes of the buffer.</param>
    public static ReadOnlySpan<TElement> Buffer<T, TElement>(ref readonly T message, int offset, int size)
        where T : unmanaged
        where TElement : unmanaged
    {
        ref byte start = ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in message));
        return MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<byte, TElement>(ref Unsafe.Add(ref start, offset)), size / Unsafe.SizeOf<TElement>());
    }

    /// <summary>An owned copy of a message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <param name="version">The version with which its sender was compiled.</param>
    /// <exception cref="MessageFormatException">The payload cannot be a message of this type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> payload, ushort version) where T : struct, IChannelMessage<T> =>
        T.Read(payload, version);

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
    internal static ReadOnlySpan<T> Array<T>(ReadOnlySpan<byte> payload, WireRange range, int alignment, string field)
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

    /// <summary>The elements of an array, in place.</summary>
    /// <inheritdoc cref="Array{T}(ReadOnlySpan{byte}, WireRange, int, string)" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> Array<T>(ReadOnlySpan<byte> payload, WireRange range, [CallerMemberName] string field = "") where T : unmanaged =>
        Array<T>(payload, range, WireAlignment<T>.Value, field);

    /// <summary>The payload of a nested message, in place; one whose fields are all zero if there is none.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the nested payload lies.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <param name="version">The version of the nested message with which its sender was compiled.</param>
    /// <typeparam name="T">The type of the nested message.</typeparam>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, is not aligned or is too short.</exception>
    public static ReadOnlySpan<byte> Message<T>(ReadOnlySpan<byte> payload, WireRange range, string field, out ushort version)
        where T : struct, IChannelMessage<T>
    {
        if (!HasValue(range))
        {
            version = T.SchemaVersion;
            return Absent<T>.Payload;
        }

        ReadOnlySpan<byte> nested = Array<byte>(payload, range, T.PayloadAlignment, field);
        version = VersionOf(ref nested, field);
        return nested;
    }

    /// <summary>Takes the version off the end of a nested payload.</summary>
    internal static ushort VersionOf(ref ReadOnlySpan<byte> nested, string field)
    {
        if (nested.Length < WireRange.VersionSize)
        {
            WireThrowHelper.ThrowWithoutVersion(nested.Length, field);
        }

        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(nested[^WireRange.VersionSize..]);
        nested = nested[..^WireRange.VersionSize];
        return version;
    }

    /// <summary>The payload of a nested message that is missing.</summary>
    internal static class Absent<T> where T : struct, IChannelMessage<T>
    {
        public static readonly byte[] Payload = new byte[T.FixedSize];
    }
}
