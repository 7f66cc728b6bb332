using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Times;

/// <summary>A time span in ticks. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeSpanCodec : ICodec<TimeSpan, long>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in TimeSpan value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in TimeSpan value, ref long slot) =>
        slot = value.Ticks;

    /// <inheritdoc />
    public static TimeSpan Read(ref WireScan scan, long slot, string field) =>
        new(slot);
}
