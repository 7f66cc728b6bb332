using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Collections;

/// <summary>A memory of elements that lie in a payload as they lie in memory. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImageMemory<T> : ICodec<ReadOnlyMemory<T>, WireRange> where T : unmanaged
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in ReadOnlyMemory<T> value, string field) =>
        length.AddElements<T>(value.Length, field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in ReadOnlyMemory<T> value, ref WireRange slot) =>
        slot = writer.Elements(value.Span);

    /// <inheritdoc />
    public static ReadOnlyMemory<T> Read(ref WireScan scan, WireRange slot, string field) =>
        scan.Take<T>(slot, field).ToArray();
}
