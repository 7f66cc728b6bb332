using System.Text;

namespace IpMpsc.Tool.Messages;

/// <summary>Raw bytes as text.</summary>
internal static class MessageText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes as text; null if they are not printable text.</summary>
    public static string? Of(ReadOnlySpan<byte> payload)
    {
        try
        {
            string text = s_strict.GetString(payload);
            return text.Any(char.IsControl) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
