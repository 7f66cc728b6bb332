using System.ComponentModel;
using IpMpsc.Codecs.Formats;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A value that is sent as its text in UTF-8. Used by generated code.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TFormat">How it is spelled.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Formatted<T, TFormat> : ICodec<T, WireRange> where TFormat : struct, ITextFormat<T>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in T value, string field) =>
        length.AddElements<byte>(value is null ? 0 : TFormat.Measure(value, field), field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in T value, ref WireRange slot) =>
        slot = writer.Take(value is null ? 0 : TFormat.Format(value, writer.Rest));

    /// <inheritdoc />
    public static T Read(ref WireScan scan, WireRange slot, string field) =>
        TFormat.Parse(StrictUtf8.Read(scan.Take<byte>(slot, field), field), field);
}
