using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Times;

/// <summary>A time with the offset of its clock. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeOffsetCodec : ICodec<DateTimeOffset, OffsetSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in DateTimeOffset value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in DateTimeOffset value, ref OffsetSlot slot) =>
        slot = new OffsetSlot { UtcTicks = value.UtcTicks, Minutes = value.TotalOffsetMinutes };

    /// <inheritdoc />
    public static DateTimeOffset Read(ref WireScan scan, OffsetSlot slot, string field) =>
        IsValid(slot)
            ? new DateTimeOffset(slot.UtcTicks + (slot.Minutes * TimeSpan.TicksPerMinute), TimeSpan.FromMinutes(slot.Minutes))
            : WireThrowHelper.ThrowInvalid<DateTimeOffset>(field, slot.UtcTicks);

    private static bool IsValid(OffsetSlot slot) =>
        slot.Minutes is >= -MaxMinutes and <= MaxMinutes
        && IsTime(slot.UtcTicks)
        && IsTime(slot.UtcTicks + (slot.Minutes * TimeSpan.TicksPerMinute));

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;

    private const int MaxMinutes = 14 * 60;
}
