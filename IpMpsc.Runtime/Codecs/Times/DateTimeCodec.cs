using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Times;

/// <summary>A time: ticks in the lower 62 bits, the kind above. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeCodec : ICodec<DateTime, ulong>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in DateTime value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in DateTime value, ref ulong slot) =>
        slot = (ulong)value.Ticks | ((ulong)value.Kind << KindShift);

    /// <inheritdoc />
    public static DateTime Read(ref WireScan scan, ulong slot, string field) =>
        (slot & TicksMask) <= (ulong)DateTime.MaxValue.Ticks && slot >> KindShift <= (ulong)DateTimeKind.Local
            ? new DateTime((long)(slot & TicksMask), (DateTimeKind)(slot >> KindShift))
            : WireThrowHelper.ThrowInvalid<DateTime>(field, slot);

    private const int KindShift = 62;
    private const ulong TicksMask = (1UL << KindShift) - 1;
}
