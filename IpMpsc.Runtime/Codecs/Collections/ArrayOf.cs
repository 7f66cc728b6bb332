using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Collections;

/// <summary>An array whose elements do not lie in a payload as they lie in memory: a short name for its <c>ListCodec</c>. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TSlot">What stands for an element.</typeparam>
/// <typeparam name="TCodec">How an element lies there.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ArrayOf<T, TSlot, TCodec> : ICodec<T[], WireRange>
    where TSlot : unmanaged
    where TCodec : struct, ICodec<T, TSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in T[] value, string field) =>
        ListCodec<T[], ArrayForm<T>, T, TSlot, TCodec>.Measure(ref length, in value, field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in T[] value, ref WireRange slot) =>
        ListCodec<T[], ArrayForm<T>, T, TSlot, TCodec>.Write(ref writer, in value, ref slot);

    /// <inheritdoc />
    public static T[] Read(ref WireScan scan, WireRange slot, string field) =>
        ListCodec<T[], ArrayForm<T>, T, TSlot, TCodec>.Read(ref scan, slot, field);
}
