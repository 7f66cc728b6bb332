using System.ComponentModel;
using System.Text;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A Unicode scalar value. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RuneCodec : ICodec<Rune, uint>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in Rune value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in Rune value, ref uint slot) =>
        slot = (uint)value.Value;

    /// <inheritdoc />
    public static Rune Read(ref WireScan scan, uint slot, string field) =>
        Rune.IsValid(slot)
            ? new Rune(slot)
            : WireThrowHelper.ThrowInvalid<Rune>(field, slot);
}
