using System.Text;

namespace IpMpsc.Wire;

/// <summary>UTF-8 that refuses what it cannot represent instead of replacing it.</summary>
internal static class StrictUtf8
{
    public static readonly UTF8Encoding Encoding =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static int Measure(string value, string field)
    {
        try
        {
            return Encoding.GetByteCount(value);
        }
        catch (EncoderFallbackException error)
        {
            throw new ArgumentException(
                $"The text of field '{field}' has half a surrogate pair at index {error.Index}.", field, error);
        }
    }

    /// <summary>The text of a field of a payload.</summary>
    public static string Read(ReadOnlySpan<byte> utf8, string field)
    {
        try
        {
            return Encoding.GetString(utf8);
        }
        catch (ArgumentException error)
        {
            // Not only DecoderFallbackException: bytes that another process changes between the
            // decoder's two passes surface as the base class.
            throw new MessageFormatException($"The text of field '{field}' is not valid UTF-8.", error);
        }
    }
}
