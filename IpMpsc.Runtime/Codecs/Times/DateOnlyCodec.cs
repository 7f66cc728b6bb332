using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Times;

/// <summary>A date: days since 0001-01-01. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateOnlyCodec : ICodec<DateOnly, int>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in DateOnly value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in DateOnly value, ref int slot) =>
        slot = value.DayNumber;

    /// <inheritdoc />
    public static DateOnly Read(ref WireScan scan, int slot, string field) =>
        slot >= 0 && slot <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(slot)
            : WireThrowHelper.ThrowInvalid<DateOnly>(field, slot);
}
