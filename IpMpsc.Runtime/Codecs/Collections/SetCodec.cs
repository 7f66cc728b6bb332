using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Collections;

/// <summary>A set: a list of its elements; a reader keeps one of several that are equal. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TSlot">What stands for an element.</typeparam>
/// <typeparam name="TCodec">How an element lies there.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SetCodec<T, TSlot, TCodec> : ICodec<HashSet<T>, WireRange>
    where TSlot : unmanaged
    where TCodec : struct, ICodec<T, TSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in HashSet<T> value, string field)
    {
        length.AddElements<TSlot>(value?.Count ?? 0, field);
        if (!TCodec.IsFixed && value is not null)
        {
            foreach (T item in value)
            {
                TCodec.Measure(ref length, in item, field);
            }
        }
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in HashSet<T> value, ref WireRange slot)
    {
        slot = writer.Slots<TSlot>(value?.Count ?? 0);
        if (value is not null)
        {
            Span<TSlot> slots = writer.Reserved<TSlot>(slot);
            int index = 0;
            foreach (T item in value)
            {
                TCodec.Write(ref writer, in item, ref slots[index++]);
            }
        }
    }

    /// <inheritdoc />
    public static HashSet<T> Read(ref WireScan scan, WireRange slot, string field)
    {
        ReadOnlySpan<TSlot> slots = scan.Take<TSlot>(slot, field);
        var items = new HashSet<T>(slots.Length);
        foreach (TSlot item in slots)
        {
            items.Add(TCodec.Read(ref scan, item, field));
        }

        return items;
    }
}
