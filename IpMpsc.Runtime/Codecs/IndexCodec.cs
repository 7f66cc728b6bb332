using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A position from the start, or, as its complement, one from the end. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct IndexCodec : ICodec<Index, int>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in Index value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in Index value, ref int slot) =>
        slot = value.IsFromEnd ? ~value.Value : value.Value;

    /// <inheritdoc />
    public static Index Read(ref WireScan scan, int slot, string field) =>
        slot < 0 ? new Index(~slot, fromEnd: true) : new Index(slot);
}
