using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Collections;

/// <summary>A read-only dictionary; one that is not a dictionary of .NET is copied to be sent. Used by generated code.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TKeySlot">What stands for a key.</typeparam>
/// <typeparam name="TKeyCodec">How a key lies there.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
/// <typeparam name="TSlot">What stands for a value.</typeparam>
/// <typeparam name="TCodec">How a value lies there.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyDictionaryCodec<TKey, TKeySlot, TKeyCodec, TValue, TSlot, TCodec>
    : ICodec<IReadOnlyDictionary<TKey, TValue>, WireRange>
    where TKey : notnull
    where TKeySlot : unmanaged
    where TKeyCodec : struct, ICodec<TKey, TKeySlot>
    where TSlot : unmanaged
    where TCodec : struct, ICodec<TValue, TSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in IReadOnlyDictionary<TKey, TValue> value, string field) =>
        DictionaryCodec<TKey, TKeySlot, TKeyCodec, TValue, TSlot, TCodec>.Measure(ref length, Plain(value), field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in IReadOnlyDictionary<TKey, TValue> value, ref WireRange slot) =>
        DictionaryCodec<TKey, TKeySlot, TKeyCodec, TValue, TSlot, TCodec>.Write(ref writer, Plain(value), ref slot);

    /// <inheritdoc />
    public static IReadOnlyDictionary<TKey, TValue> Read(ref WireScan scan, WireRange slot, string field) =>
        DictionaryCodec<TKey, TKeySlot, TKeyCodec, TValue, TSlot, TCodec>.Read(ref scan, slot, field);

    private static Dictionary<TKey, TValue> Plain(IReadOnlyDictionary<TKey, TValue>? value) => value switch
    {
        null => [],
        Dictionary<TKey, TValue> plain => plain,
        _ => new Dictionary<TKey, TValue>(value),
    };
}
