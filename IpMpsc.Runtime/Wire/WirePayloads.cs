using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IpMpsc.Wire;

/// <summary>The payloads of an array of messages with variable fields. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct WirePayloads
{
    private readonly ReadOnlySpan<byte> _payload;
    private readonly ReadOnlySpan<WireRange> _ranges;
    private readonly int _alignment;
    private readonly string _field;

    internal WirePayloads(
        ReadOnlySpan<byte> payload, ReadOnlySpan<WireRange> ranges, int alignment, string field)
    {
        _payload = payload;
        _ranges = ranges;
        _alignment = alignment;
        _field = field;
    }

    /// <summary>How many there are.</summary>
    public int Count => _ranges.Length;

    /// <summary>The payload of one message.</summary>
    /// <param name="index">Its index.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such message.</exception>
    /// <exception cref="MessageFormatException">Its range does not lie within the payload, or is not aligned.</exception>
    public ReadOnlySpan<byte> this[int index] =>
        WireReader.Array<byte>(_payload, _ranges[index], _alignment, _field);

    /// <summary>The payload of one message, to be filled; the whole payload must be writable.</summary>
    /// <param name="index">Its index.</param>
    /// <inheritdoc cref="this" path="/exception" />
    public Span<byte> Writable(int index)
    {
        ReadOnlySpan<byte> bytes = this[index];
        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(bytes), bytes.Length);
    }

    /// <summary>
    /// The payload of one message, which must lie behind those before it. Who copies them all asks for
    /// it: with ranges that all point at the same bytes, a small payload could demand any amount of memory.
    /// </summary>
    /// <param name="index">Its index.</param>
    /// <param name="end">End of the message before it; moved to the end of this one.</param>
    /// <exception cref="MessageFormatException">It shares bytes with one before it, or is missing.</exception>
    internal ReadOnlySpan<byte> Next(int index, ref ulong end)
    {
        WireRange range = _ranges[index];
        if (range.Length == 0 || range.Offset < end)
        {
            WireThrowHelper.ThrowOverlap(range, index, _field);
        }

        end = (ulong)range.Offset + range.Length;
        return WireReader.Array<byte>(_payload, range, _alignment, _field);
    }
}
