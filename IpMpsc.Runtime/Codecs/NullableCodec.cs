using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A value type in the fixed block that may be null. Used by generated code.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TSlot">What stands for it.</typeparam>
/// <typeparam name="TCodec">How it lies there.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NullableCodec<T, TSlot, TCodec> : ICodec<T?, NullableSlot<TSlot>>
    where T : struct
    where TSlot : unmanaged
    where TCodec : struct, ICodec<T, TSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => TCodec.IsFixed;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in T? value, string field)
    {
        if (value.HasValue)
        {
            TCodec.Measure(ref length, value.GetValueOrDefault(), field);
        }
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in T? value, ref NullableSlot<TSlot> slot)
    {
        if (value.HasValue)
        {
            slot.HasValue = 1;
            TCodec.Write(ref writer, value.GetValueOrDefault(), ref slot.Value);
        }
    }

    /// <inheritdoc />
    public static T? Read(ref WireScan scan, NullableSlot<TSlot> slot, string field) =>
        slot.HasValue != 0 ? TCodec.Read(ref scan, slot.Value, field) : null;
}
