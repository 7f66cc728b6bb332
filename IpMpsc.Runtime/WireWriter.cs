using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IpMpsc;

/// <summary>Lays the variable fields of a message behind its fixed block. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct WireWriter
{
    private readonly Span<byte> _payload;
    private int _position;

    /// <summary>Starts a message and clears its fixed block: no byte of an earlier record shows through.</summary>
    /// <param name="payload">The payload to fill.</param>
    /// <param name="fixedSize">Size of the fixed block.</param>
    /// <exception cref="ArgumentException">The payload is shorter than the block.</exception>
    public WireWriter(Span<byte> payload, int fixedSize)
    {
        if (payload.Length < fixedSize)
        {
            WireThrowHelper.ThrowDestinationTooShort(payload.Length, fixedSize);
        }

        payload[..fixedSize].Clear();
        _payload = payload;
        _position = fixedSize;
    }

    /// <summary>The fixed block at the start of a payload, in place.</summary>
    /// <typeparam name="TBlock">A struct whose layout in memory is that of the fixed block.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <returns>A reference into the payload.</returns>
    /// <exception cref="ArgumentException">The payload is shorter than the block.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref TBlock Block<TBlock>(Span<byte> payload) where TBlock : unmanaged
    {
        if (payload.Length < Unsafe.SizeOf<TBlock>())
        {
            WireThrowHelper.ThrowDestinationTooShort(payload.Length, Unsafe.SizeOf<TBlock>());
        }

        return ref Unsafe.As<byte, TBlock>(ref MemoryMarshal.GetReference(payload));
    }

    /// <summary>The bytes of a variable field that was reserved before, in place.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the field lies; a copy, so that the range checked is the range used.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<byte> Bytes(Span<byte> payload, WireRange range, string field)
    {
        ReadOnlySpan<byte> bytes = WireReader.Bytes(payload, range, field);
        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(bytes), bytes.Length);
    }

    /// <summary>Appends a text as UTF-8; null is written as the empty text.</summary>
    /// <param name="value">The text.</param>
    /// <returns>Where it went.</returns>
    /// <exception cref="ArgumentException">The text does not fit, or has half a surrogate pair.</exception>
    public WireRange Text(string? value)
    {
        int length = StrictUtf8.Encoding.GetBytes(value, _payload[_position..]);
        return Advance(length);
    }

    /// <summary>Appends bytes.</summary>
    /// <param name="value">The bytes.</param>
    /// <returns>Where they went.</returns>
    /// <exception cref="ArgumentException">The bytes do not fit.</exception>
    public WireRange Bytes(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(_payload[_position..]);
        return Advance(value.Length);
    }

    /// <summary>Leaves room that the caller fills in place.</summary>
    /// <param name="length">Bytes.</param>
    /// <returns>Where the room is.</returns>
    /// <exception cref="ArgumentException">The bytes do not fit.</exception>
    public WireRange Reserve(int length)
    {
        _ = _payload.Slice(_position, length);
        return Advance(length);
    }

    private WireRange Advance(int length)
    {
        var range = new WireRange((uint)_position, (uint)length);
        _position += length;
        return range;
    }
}
