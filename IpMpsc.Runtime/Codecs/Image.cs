using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A value that lies in a payload as it lies in memory. Used by generated code.</summary>
/// <typeparam name="T">The value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Image<T> : ICodec<T, T> where T : unmanaged
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in T value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in T value, ref T slot) =>
        slot = value;

    /// <inheritdoc />
    public static T Read(ref WireScan scan, T slot, string field) =>
        slot;
}
