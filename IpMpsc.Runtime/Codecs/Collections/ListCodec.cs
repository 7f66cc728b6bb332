using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Collections;

/// <summary>Elements whose slots lie one behind the other, with what the slots point at behind them. Used by generated code.</summary>
/// <typeparam name="TCollection">The collection.</typeparam>
/// <typeparam name="TForm">How the collection is taken apart and made.</typeparam>
/// <typeparam name="T">Its elements.</typeparam>
/// <typeparam name="TSlot">What stands for an element.</typeparam>
/// <typeparam name="TCodec">How an element lies there.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ListCodec<TCollection, TForm, T, TSlot, TCodec> : ICodec<TCollection, WireRange>
    where TForm : struct, ICollectionForm<TCollection, T>
    where TSlot : unmanaged
    where TCodec : struct, ICodec<T, TSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in TCollection value, string field)
    {
        ReadOnlySpan<T> items = TForm.Items(value);
        length.AddElements<TSlot>(items.Length, field);
        if (!TCodec.IsFixed)
        {
            foreach (ref readonly T item in items)
            {
                TCodec.Measure(ref length, in item, field);
            }
        }
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in TCollection value, ref WireRange slot)
    {
        ReadOnlySpan<T> items = TForm.Items(value);
        slot = writer.Slots<TSlot>(items.Length);
        Span<TSlot> slots = writer.Reserved<TSlot>(slot);
        for (int index = 0; index < items.Length; index++)
        {
            TCodec.Write(ref writer, in items[index], ref slots[index]);
        }
    }

    /// <inheritdoc />
    public static TCollection Read(ref WireScan scan, WireRange slot, string field)
    {
        ReadOnlySpan<TSlot> slots = scan.Take<TSlot>(slot, field);
        T[] items = slots.IsEmpty ? [] : new T[slots.Length];
        for (int index = 0; index < items.Length; index++)
        {
            items[index] = TCodec.Read(ref scan, slots[index], field);
        }

        return TForm.Create(items);
    }
}
