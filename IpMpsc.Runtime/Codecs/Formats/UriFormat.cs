using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Formats;

/// <summary>A URI as it was written. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UriFormat : ITextFormat<Uri>
{
    /// <inheritdoc />
    public static int Measure(Uri value, string field) => StrictUtf8.Measure(value.OriginalString, field);

    /// <inheritdoc />
    public static int Format(Uri value, Span<byte> destination) => StrictUtf8.Encoding.GetBytes(value.OriginalString, destination);

    /// <inheritdoc />
    public static Uri Parse(string text, string field) =>
        Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? uri)
            ? uri
            : WireThrowHelper.ThrowInvalid<Uri>(field, text);
}
