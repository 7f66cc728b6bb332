using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IpMpsc.Wire;

/// <summary>Lays the variable fields of a message behind its fixed block. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct WireWriter : IWirePass
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
    /// <param name="field">Name of the field, for the exception.</param>
    /// <typeparam name="T">The elements.</typeparam>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or is not aligned.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Span<T> Array<T>(Span<byte> payload, WireRange range, [CallerMemberName] string field = "") where T : unmanaged
    {
        ReadOnlySpan<T> elements = WireReader.Array<T>(payload, range, field);
        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(elements), elements.Length);
    }

    /// <summary>The payload of a nested message that was prepared before, in place, without its version.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the nested payload lies; a copy.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <typeparam name="T">The type of the nested message.</typeparam>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or is not aligned.</exception>
    public static Span<byte> Message<T>(Span<byte> payload, WireRange range, [CallerMemberName] string field = "") where T : struct, IChannelMessage<T>
    {
        ReadOnlySpan<byte> nested = WireReader.Array<byte>(payload, range, T.PayloadAlignment, field);
        if (WireReader.HasValue(range))
        {
            _ = WireReader.VersionOf(ref nested, field);
        }

        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(nested), nested.Length);
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<T, TSlot, TCodec>(in T value, ref TSlot slot, TCodec codec, string field)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<T, TSlot> =>
        TCodec.Write(ref this, in value, ref slot);

    /// <inheritdoc />
    public void Reserve<T>(int? count, ref WireRange slot, string field) where T : unmanaged
    {
        if (count is { } elements)
        {
            slot = Elements<T>(elements);
        }
    }

    /// <inheritdoc />
    public void Prepare<T, TSizes>(TSizes? sizes, ref WireRange slot)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>
    {
        if (sizes is { } present)
        {
            slot = Prepared<T, TSizes>(in present);
        }
    }

    /// <inheritdoc />
    public void PrepareAll<T, TSizes>(ReadOnlyMemory<TSizes>? sizes, ref WireRange slot)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>
    {
        if (sizes is not { } present)
        {
            return;
        }

        slot = Slots<WireRange>(present.Length);
        Span<WireRange> ranges = Reserved<WireRange>(slot);
        for (int index = 0; index < present.Length; index++)
        {
            ranges[index] = Prepared<T, TSizes>(in present.Span[index]);
        }
    }

    /// <summary>What is left of the payload.</summary>
    internal readonly Span<byte> Rest => _payload[_position..];

    /// <summary>Appends a text as UTF-8; null is written as the empty text.</summary>
    internal WireRange Text(string? value) => Take(StrictUtf8.Encoding.GetBytes(value, Rest));

    /// <summary>Appends elements that lie in the payload as they lie in memory.</summary>
    internal WireRange Elements<T>(scoped ReadOnlySpan<T> elements) where T : unmanaged
    {
        Align(WireAlignment<T>.Value);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(elements);
        LargeCopy.Copy(bytes, Rest);
        return Take(bytes.Length);
    }

    /// <summary>Appends room for elements.</summary>
    private WireRange Elements<T>(int count) where T : unmanaged
    {
        Align(WireAlignment<T>.Value);
        return Take(checked(count * Unsafe.SizeOf<T>()));
    }

    private WireRange Prepared<T, TSizes>(in TSizes sizes)
        where T : struct, IChannelMessage<T>
        where TSizes : struct, IMessageSizes<T, TSizes>
    {
        WireRange range = Message(TSizes.Measure(in sizes), T.PayloadAlignment, T.SchemaVersion);
        TSizes.Prepare(in sizes, ReservedMessage(range));
        return range;
    }

    /// <summary>Appends slots, cleared, because padding in them is never written.</summary>
    internal WireRange Slots<T>(int count) where T : unmanaged
    {
        WireRange range = Elements<T>(count);
        _payload.Slice((int)range.Offset, (int)range.Length).Clear();
        return range;
    }

    /// <summary>Appends room for a nested message, and its version behind it.</summary>
    internal WireRange Message(int length, int alignment, ushort version)
    {
        Align(alignment);
        BinaryPrimitives.WriteUInt16LittleEndian(Rest[length..], version);
        return Take(length + WireRange.VersionSize);
    }

    /// <summary>The bytes of a nested message, without its version.</summary>
    internal readonly Span<byte> ReservedMessage(WireRange range) =>
        _payload.Slice((int)range.Offset, (int)range.Length - WireRange.VersionSize);

    /// <summary>The room of a range that this writer has just made.</summary>
    internal readonly Span<T> Reserved<T>(WireRange range) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(_payload.Slice((int)range.Offset, (int)range.Length));

    /// <summary>Makes the next bytes a range.</summary>
    internal WireRange Take(int length)
    {
        _ = _payload.Slice(_position, length);
        var range = new WireRange((uint)_position, (uint)length);
        _position += length;
        return range;
    }

    /// <summary>Skips to an aligned position, clearing what is skipped.</summary>
    private void Align(int alignment)
    {
        int aligned = (_position + alignment - 1) & -alignment;
        if (aligned != _position) // To clear nothing would be a call.
        {
            _payload[_position..aligned].Clear();
            _position = aligned;
        }
    }
}
