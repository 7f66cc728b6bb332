using System.ComponentModel;

namespace IpMpsc.Codecs.Formats;

/// <summary>How a value is spelled in UTF-8. Used by generated code.</summary>
/// <typeparam name="T">The value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITextFormat<T>
{
    /// <summary>Bytes of the text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    static abstract int Measure(T value, string field);

    /// <summary>Writes the text and returns its length in bytes.</summary>
    /// <param name="value">The value.</param>
    /// <param name="destination">At least the bytes that were measured.</param>
    static abstract int Format(T value, Span<byte> destination);

    /// <summary>The value of a text; of the empty one, the value that stands for none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The text does not spell such a value.</exception>
    static abstract T Parse(string text, string field);
}
