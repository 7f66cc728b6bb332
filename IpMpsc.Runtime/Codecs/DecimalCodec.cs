using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A decimal number with its scale. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DecimalCodec : ICodec<decimal, DecimalSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in decimal value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in decimal value, ref DecimalSlot slot) =>
        slot = Unsafe.BitCast<decimal, DecimalSlot>(value);

    /// <inheritdoc />
    public static decimal Read(ref WireScan scan, DecimalSlot slot, string field) =>
        (slot.Flags & ~(SignMask | ScaleMask)) == 0 && (slot.Flags & ScaleMask) <= MaxScale
            ? Unsafe.BitCast<DecimalSlot, decimal>(slot)
            : WireThrowHelper.ThrowInvalid<decimal>(field, slot.Flags);

    private const uint SignMask = 0x80000000;
    private const uint ScaleMask = 0x00FF0000;
    private const uint MaxScale = 28 << 16;
}
