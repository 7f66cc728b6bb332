using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs.Formats;

/// <summary>The path of a channel; the empty one is no address. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AddressFormat : ITextFormat<ChannelAddress>
{
    /// <inheritdoc />
    public static int Measure(ChannelAddress value, string field) => StrictUtf8.Measure(value.Path, field);

    /// <inheritdoc />
    public static int Format(ChannelAddress value, Span<byte> destination) => StrictUtf8.Encoding.GetBytes(value.Path, destination);

    /// <inheritdoc />
    public static ChannelAddress Parse(string text, string field) =>
        text.Length > 0 ? new ChannelAddress(text) : default;
}
