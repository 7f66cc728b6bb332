using System.ComponentModel;
using System.Net;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Formats;

/// <summary>An address of the internet; the empty text is 0.0.0.0. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct IPAddressFormat : ITextFormat<IPAddress>
{
    /// <inheritdoc />
    public static int Measure(IPAddress value, string field)
    {
        Span<byte> text = stackalloc byte[96];
        return Format(value, text);
    }

    /// <inheritdoc />
    public static int Format(IPAddress value, Span<byte> destination)
    {
        _ = value.TryFormat(destination, out int length);
        return length;
    }

    /// <inheritdoc />
    public static IPAddress Parse(string text, string field) =>
        text.Length == 0 ? IPAddress.Any : IPAddress.TryParse(text, out IPAddress? address)
            ? address
            : WireThrowHelper.ThrowInvalid<IPAddress>(field, text);
}
