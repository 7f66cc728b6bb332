using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A text in UTF-8; null is written as the empty text. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Utf8 : ICodec<string, WireRange>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in string value, string field) => length.AddText(value, field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in string value, ref WireRange slot) => slot = writer.Text(value);

    /// <inheritdoc />
    public static string Read(ref WireScan scan, WireRange slot, string field) =>
        StrictUtf8.Read(scan.Take<byte>(slot, field), field);

    /// <summary>The text of a field.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="slot">Where the text lies.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or is not UTF-8.</exception>
    public static string Get(ReadOnlySpan<byte> payload, WireRange slot, string field) =>
        StrictUtf8.Read(WireReader.Bytes(payload, slot, field), field);

    /// <summary>The text of a field that may be null.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="slot">Where the text lies.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or is not UTF-8.</exception>
    public static string? GetOrNull(ReadOnlySpan<byte> payload, WireRange slot, string field) =>
        WireReader.HasValue(slot) ? Get(payload, slot, field) : null;
}
