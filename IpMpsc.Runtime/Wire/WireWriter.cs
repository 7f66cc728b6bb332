using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IpMpsc.Wire;

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

    /// <summary>The elements of an array that were reserved before, in place.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the elements lie; a copy, so that the range checked is the range used.</param>
    /// <param name="alignment">What their offset must be a multiple of.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <typeparam name="T">The elements.</typeparam>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or is not aligned.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Array<T>(Span<byte> payload, WireRange range, int alignment, string field) where T : unmanaged
    {
        ReadOnlySpan<T> elements = WireReader.Array<T>(payload, range, alignment, field);
        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(elements), elements.Length);
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

    /// <summary>Appends the elements of an array.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="alignment">What the offset of the first one is to be a multiple of.</param>
    /// <typeparam name="T">The elements.</typeparam>
    /// <returns>Where they went.</returns>
    /// <exception cref="ArgumentException">The elements do not fit.</exception>
    public WireRange Array<T>(scoped ReadOnlySpan<T> elements, int alignment) where T : unmanaged
    {
        Align(alignment);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(elements);
        LargeCopy.Copy(bytes, _payload[_position..]);
        return Advance(bytes.Length);
    }

    /// <summary>Appends a message with variable fields of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="alignment">What its offset is to be a multiple of.</param>
    /// <typeparam name="T">The type of the message.</typeparam>
    /// <returns>Where it went.</returns>
    /// <exception cref="ArgumentException">The message does not fit, or a field of it cannot be encoded.</exception>
    public WireRange Message<T>(in T message, int alignment) where T : struct, IChannelMessage<T>
    {
        Align(alignment);
        int length = T.Measure(in message);
        T.Write(in message, _payload.Slice(_position, length));
        return Advance(length);
    }

    /// <summary>Appends messages with variable fields of their own.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="alignment">What the offset of each is to be a multiple of.</param>
    /// <typeparam name="T">The type of the messages.</typeparam>
    /// <returns>Where the list of their ranges went.</returns>
    /// <exception cref="ArgumentException">The messages do not fit, or a field of one cannot be encoded.</exception>
    public WireRange Messages<T>(scoped ReadOnlySpan<T> messages, int alignment) where T : struct, IChannelMessage<T>
    {
        WireRange list = Reserve<WireRange>(messages.Length, WireRange.Alignment);
        Span<WireRange> ranges = Ranges(list);
        for (int index = 0; index < messages.Length; index++)
        {
            ranges[index] = Message(in messages[index], alignment);
        }

        return list;
    }

    /// <summary>Leaves room that the caller fills in place.</summary>
    /// <param name="count">How many elements; null for a field without a value.</param>
    /// <param name="alignment">What the offset of the first one is to be a multiple of.</param>
    /// <typeparam name="T">The elements.</typeparam>
    /// <returns>Where the room is.</returns>
    /// <exception cref="ArgumentException">The elements do not fit.</exception>
    public WireRange Reserve<T>(int? count, int alignment) where T : unmanaged
    {
        if (count is not { } elements)
        {
            return default;
        }

        Align(alignment);
        int length = checked(elements * Unsafe.SizeOf<T>());
        _ = _payload.Slice(_position, length);
        return Advance(length);
    }

    /// <summary>Prepares a nested message that the caller fills in place.</summary>
    /// <param name="sizes">The lengths of its variable fields.</param>
    /// <param name="alignment">What its offset is to be a multiple of.</param>
    /// <typeparam name="T">The type of the message.</typeparam>
    /// <typeparam name="TSizes">Its generated <c>Sizes</c>.</typeparam>
    /// <returns>Where it is.</returns>
    /// <exception cref="ArgumentException">The message does not fit.</exception>
    public WireRange Prepare<T, TSizes>(in TSizes sizes, int alignment)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T>
    {
        Align(alignment);
        int length = sizes.PayloadLength;
        sizes.Prepare(_payload.Slice(_position, length));
        return Advance(length);
    }

    /// <summary>Prepares nested messages that the caller fills in place.</summary>
    /// <param name="sizes">The lengths of the variable fields of each.</param>
    /// <param name="alignment">What the offset of each is to be a multiple of.</param>
    /// <typeparam name="T">The type of the messages.</typeparam>
    /// <typeparam name="TSizes">Their generated <c>Sizes</c>.</typeparam>
    /// <returns>Where the list of their ranges is.</returns>
    /// <exception cref="ArgumentException">The messages do not fit.</exception>
    public WireRange Prepare<T, TSizes>(scoped ReadOnlySpan<TSizes> sizes, int alignment)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T>
    {
        WireRange list = Reserve<WireRange>(sizes.Length, WireRange.Alignment);
        Span<WireRange> ranges = Ranges(list);
        for (int index = 0; index < sizes.Length; index++)
        {
            ranges[index] = Prepare<T, TSizes>(in sizes[index], alignment);
        }

        return list;
    }

    private readonly Span<WireRange> Ranges(WireRange list) =>
        MemoryMarshal.Cast<byte, WireRange>(_payload.Slice((int)list.Offset, (int)list.Length));

    /// <summary>Skips to an aligned position, clearing what is skipped.</summary>
    private void Align(int alignment)
    {
        int aligned = (_position + alignment - 1) & -alignment;
        _payload[_position..aligned].Clear();
        _position = aligned;
    }

    private WireRange Advance(int length)
    {
        var range = new WireRange((uint)_position, (uint)length);
        _position += length;
        return range;
    }
}
