using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Times;

/// <summary>A time of day in ticks. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeOnlyCodec : ICodec<TimeOnly, long>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in TimeOnly value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in TimeOnly value, ref long slot) =>
        slot = value.Ticks;

    /// <inheritdoc />
    public static TimeOnly Read(ref WireScan scan, long slot, string field) =>
        slot >= 0 && slot <= TimeOnly.MaxValue.Ticks
            ? new TimeOnly(slot)
            : WireThrowHelper.ThrowInvalid<TimeOnly>(field, slot);
}
