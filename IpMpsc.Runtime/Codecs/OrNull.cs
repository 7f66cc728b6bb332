using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A reference type that may be null. Used by generated code.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TCodec">How it lies there if it is not null.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OrNull<T, TCodec> : ICodec<T?, WireRange>
    where T : class
    where TCodec : struct, ICodec<T, WireRange>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in T? value, string field)
    {
        if (value is { } present)
        {
            TCodec.Measure(ref length, in present, field);
        }
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in T? value, ref WireRange slot)
    {
        if (value is { } present)
        {
            TCodec.Write(ref writer, in present, ref slot);
        }
    }

    /// <inheritdoc />
    public static T? Read(ref WireScan scan, WireRange slot, string field) =>
        WireReader.HasValue(slot) ? TCodec.Read(ref scan, slot, field) : null;
}
