using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>Two positions side by side. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RangeCodec : ICodec<Range, PairSlot<int, int>>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in Range value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in Range value, ref PairSlot<int, int> slot)
    {
        IndexCodec.Write(ref writer, value.Start, ref slot.First);
        IndexCodec.Write(ref writer, value.End, ref slot.Second);
    }

    /// <inheritdoc />
    public static Range Read(ref WireScan scan, PairSlot<int, int> slot, string field) =>
        new(IndexCodec.Read(ref scan, slot.First, field), IndexCodec.Read(ref scan, slot.Second, field));
}
