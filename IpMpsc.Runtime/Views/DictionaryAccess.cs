using System.ComponentModel;
using IpMpsc.Codecs;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>A dictionary within something else. Used by generated code.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TKeySlot">What stands for a key.</typeparam>
/// <typeparam name="TKeyCodec">How a key lies there.</typeparam>
/// <typeparam name="TKeyView">How a key is seen.</typeparam>
/// <typeparam name="TKeyAccess">How its bytes become that.</typeparam>
/// <typeparam name="TView">How a value is seen.</typeparam>
/// <typeparam name="TSlot">What stands for a value.</typeparam>
/// <typeparam name="TAccess">How its bytes become that.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DictionaryAccess<TKey, TKeySlot, TKeyCodec, TKeyView, TKeyAccess, TView, TSlot, TAccess>
    : IAccess<DictionaryView<TKey, TKeySlot, TKeyCodec, TKeyView, TKeyAccess, TView, TSlot, TAccess>, WireRange>
    where TKey : notnull
    where TKeySlot : unmanaged
    where TKeyCodec : struct, ICodec<TKey, TKeySlot>
    where TKeyView : allows ref struct
    where TKeyAccess : struct, IAccess<TKeyView, TKeySlot>
    where TView : allows ref struct
    where TSlot : unmanaged
    where TAccess : struct, IAccess<TView, TSlot>
{
    /// <inheritdoc />
    public static DictionaryView<TKey, TKeySlot, TKeyCodec, TKeyView, TKeyAccess, TView, TSlot, TAccess> View(
        ReadOnlySpan<byte> payload, WireRange slot, string field) =>
        new(payload, slot, field);
}
