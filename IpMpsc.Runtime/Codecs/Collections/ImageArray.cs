using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Collections;

/// <summary>An array of elements that lie in a payload as they lie in memory. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImageArray<T> : ICodec<T[], WireRange> where T : unmanaged
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in T[] value, string field) =>
        length.AddElements<T>(value?.Length ?? 0, field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in T[] value, ref WireRange slot) =>
        slot = writer.Elements<T>(value);

    /// <inheritdoc />
    public static T[] Read(ref WireScan scan, WireRange slot, string field) =>
        scan.Take<T>(slot, field).ToArray();
}
