using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A text in UTF-16; null is written as the empty text. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Utf16 : ICodec<string, WireRange>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in string value, string field) =>
        length.AddElements<char>(value?.Length ?? 0, field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in string value, ref WireRange slot) => slot = writer.Elements<char>(value);

    /// <inheritdoc />
    public static string Read(ref WireScan scan, WireRange slot, string field) => scan.Take<char>(slot, field).ToString();
}
