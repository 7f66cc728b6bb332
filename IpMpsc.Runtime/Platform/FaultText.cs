using System.Globalization;
using System.Runtime.CompilerServices;

namespace IpMpsc.Platform;

/// <summary>
/// The text of a fault, built from interpolated strings. Its numbers have the invariant culture's form, so a message
/// reads the same on every machine.
/// </summary>
[InterpolatedStringHandler]
internal ref struct FaultText(int literalLength, int formattedCount)
{
    private DefaultInterpolatedStringHandler _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string format) => _text.AppendFormatted(value, format);

    /// <summary>The whole text; ends the use of this value.</summary>
    public string ToStringAndClear() => _text.ToStringAndClear();
}
