using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A bool: any byte but 0 is true. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BooleanCodec : ICodec<bool, byte>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in bool value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in bool value, ref byte slot) =>
        slot = value ? (byte)1 : (byte)0;

    /// <inheritdoc />
    public static bool Read(ref WireScan scan, byte slot, string field) =>
        slot != 0;
}
