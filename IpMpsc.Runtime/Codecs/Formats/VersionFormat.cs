using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Formats;

/// <summary>A version number; the empty text is 0.0. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct VersionFormat : ITextFormat<Version>
{
    /// <inheritdoc />
    public static int Measure(Version value, string field)
    {
        Span<byte> text = stackalloc byte[64];
        return Format(value, text);
    }

    /// <inheritdoc />
    public static int Format(Version value, Span<byte> destination)
    {
        _ = value.TryFormat(destination, out int length);
        return length;
    }

    /// <inheritdoc />
    public static Version Parse(string text, string field) =>
        text.Length == 0 ? new Version() : Version.TryParse(text, out Version? version)
            ? version
            : WireThrowHelper.ThrowInvalid<Version>(field, text);
}
