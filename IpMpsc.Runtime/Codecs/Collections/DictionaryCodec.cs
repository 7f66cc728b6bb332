using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Collections;

/// <summary>A dictionary: a list of its entries; of several with the same key a reader keeps the last. Used by generated code.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TKeySlot">What stands for a key.</typeparam>
/// <typeparam name="TKeyCodec">How a key lies there.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
/// <typeparam name="TSlot">What stands for a value.</typeparam>
/// <typeparam name="TCodec">How a value lies there.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DictionaryCodec<TKey, TKeySlot, TKeyCodec, TValue, TSlot, TCodec> : ICodec<Dictionary<TKey, TValue>, WireRange>
    where TKey : notnull
    where TKeySlot : unmanaged
    where TKeyCodec : struct, ICodec<TKey, TKeySlot>
    where TSlot : unmanaged
    where TCodec : struct, ICodec<TValue, TSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in Dictionary<TKey, TValue> value, string field)
    {
        length.AddElements<PairSlot<TKeySlot, TSlot>>(value?.Count ?? 0, field);
        if (!(TKeyCodec.IsFixed && TCodec.IsFixed) && value is not null)
        {
            foreach (KeyValuePair<TKey, TValue> entry in value)
            {
                PairCodec<TKey, TKeySlot, TKeyCodec, TValue, TSlot, TCodec>.Measure(ref length, in entry, field);
            }
        }
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in Dictionary<TKey, TValue> value, ref WireRange slot)
    {
        slot = writer.Slots<PairSlot<TKeySlot, TSlot>>(value?.Count ?? 0);
        if (value is not null)
        {
            Span<PairSlot<TKeySlot, TSlot>> slots = writer.Reserved<PairSlot<TKeySlot, TSlot>>(slot);
            int index = 0;
            foreach (KeyValuePair<TKey, TValue> entry in value)
            {
                PairCodec<TKey, TKeySlot, TKeyCodec, TValue, TSlot, TCodec>.Write(ref writer, in entry, ref slots[index++]);
            }
        }
    }

    /// <inheritdoc />
    public static Dictionary<TKey, TValue> Read(ref WireScan scan, WireRange slot, string field)
    {
        ReadOnlySpan<PairSlot<TKeySlot, TSlot>> slots = scan.Take<PairSlot<TKeySlot, TSlot>>(slot, field);
        var entries = new Dictionary<TKey, TValue>(slots.Length);
        foreach (PairSlot<TKeySlot, TSlot> item in slots)
        {
            KeyValuePair<TKey, TValue> entry = PairCodec<TKey, TKeySlot, TKeyCodec, TValue, TSlot, TCodec>.Read(ref scan, item, field);
            entries[entry.Key] = entry.Value;
        }

        return entries;
    }
}
