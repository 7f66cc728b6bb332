using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Collections;

/// <summary>A list whose elements do not lie in a payload as they lie in memory: a short name for its <c>ListCodec</c>. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TSlot">What stands for an element.</typeparam>
/// <typeparam name="TCodec">How an element lies there.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ListOf<T, TSlot, TCodec> : ICodec<List<T>, WireRange>
    where TSlot : unmanaged
    where TCodec : struct, ICodec<T, TSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in List<T> value, string field) =>
        ListCodec<List<T>, ListForm<T>, T, TSlot, TCodec>.Measure(ref length, in value, field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in List<T> value, ref WireRange slot) =>
        ListCodec<List<T>, ListForm<T>, T, TSlot, TCodec>.Write(ref writer, in value, ref slot);

    /// <inheritdoc />
    public static List<T> Read(ref WireScan scan, WireRange slot, string field) =>
        ListCodec<List<T>, ListForm<T>, T, TSlot, TCodec>.Read(ref scan, slot, field);
}
