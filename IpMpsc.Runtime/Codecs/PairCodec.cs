using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A key with its value. Used by generated code.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TKeySlot">What stands for the key.</typeparam>
/// <typeparam name="TKeyCodec">How the key lies there.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TSlot">What stands for the value.</typeparam>
/// <typeparam name="TCodec">How the value lies there.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PairCodec<TKey, TKeySlot, TKeyCodec, TValue, TSlot, TCodec>
    : ICodec<KeyValuePair<TKey, TValue>, PairSlot<TKeySlot, TSlot>>
    where TKeySlot : unmanaged
    where TKeyCodec : struct, ICodec<TKey, TKeySlot>
    where TSlot : unmanaged
    where TCodec : struct, ICodec<TValue, TSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => TKeyCodec.IsFixed && TCodec.IsFixed;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in KeyValuePair<TKey, TValue> value, string field)
    {
        TKeyCodec.Measure(ref length, value.Key, field);
        TCodec.Measure(ref length, value.Value, field);
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in KeyValuePair<TKey, TValue> value, ref PairSlot<TKeySlot, TSlot> slot)
    {
        TKeyCodec.Write(ref writer, value.Key, ref slot.First);
        TCodec.Write(ref writer, value.Value, ref slot.Second);
    }

    /// <inheritdoc />
    public static KeyValuePair<TKey, TValue> Read(ref WireScan scan, PairSlot<TKeySlot, TSlot> slot, string field)
    {
        TKey key = TKeyCodec.Read(ref scan, slot.First, field);
        return new(key, TCodec.Read(ref scan, slot.Second, field));
    }
}
