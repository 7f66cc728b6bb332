using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>
/// Reads the ranges of a payload in their order to make an owned copy. Used by generated code.
/// </summary>
/// <remarks>
/// Whatever lies behind a fixed block stands in the order of its fields, so a range that begins before the
/// end of the last one is refused. Otherwise a small payload whose ranges all point at the same bytes could
/// ask for any amount of memory.
/// </remarks>
/// <param name="payload">The payload.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct WireScan(ReadOnlySpan<byte> payload)
{
    private readonly ReadOnlySpan<byte> _payload = payload;
    private ulong _end;

    /// <summary>The elements of a range; none if it is the range without a value.</summary>
    /// <param name="range">The range; a copy, so that the range checked is the range used.</param>
    /// <param name="alignment">What its offset must be a multiple of.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <typeparam name="T">The elements.</typeparam>
    /// <exception cref="MessageFormatException">
    /// The range does not lie within the payload, is not aligned, ends within an element or shares bytes with an earlier one.
    /// </exception>
    public ReadOnlySpan<T> Take<T>(WireRange range, int alignment, string field) where T : unmanaged
    {
        if (!WireReader.HasValue(range))
        {
            if (range.Length != 0)
            {
                WireThrowHelper.ThrowRangeOutside(range, _payload.Length, field);
            }

            return default;
        }

        if (range.Offset < _end)
        {
            WireThrowHelper.ThrowOverlap(range, _end, field);
        }

        _end = (ulong)range.Offset + range.Length;
        return WireReader.Array<T>(_payload, range, alignment, field);
    }

    /// <inheritdoc cref="Take{T}(WireRange, int, string)" />
    public ReadOnlySpan<T> Take<T>(WireRange range, string field) where T : unmanaged =>
        Take<T>(range, WireAlignment<T>.Value, field);
}
