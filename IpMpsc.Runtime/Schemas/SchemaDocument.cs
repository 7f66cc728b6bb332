using System.Text;
using IpMpsc.Wire;

namespace IpMpsc.Schemas;

/// <summary>The schema of a channel: every message type that it carries. The grammar is in docs/schema.md.</summary>
public sealed class SchemaDocument
{
    internal SchemaDocument(IReadOnlyList<SchemaMessage> messages, ByteFormat? format = null)
    {
        Messages = messages;
        Format = format;
    }

    /// <summary>The message types; none for a channel of bytes.</summary>
    public IReadOnlyList<SchemaMessage> Messages { get; }

    /// <summary>The format of a channel of bytes; null if it has message types, or bytes without a stated format.</summary>
    public ByteFormat? Format { get; }

    /// <summary>Reads a schema, such as <see cref="ChannelInfo.Schema"/>. Whatever the text is, only the documented error is thrown.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="SchemaFormatException">The text is not a schema.</exception>
    public static SchemaDocument Parse(string text) => new SchemaParser(text).Parse();

    /// <summary>Reads a schema in UTF-8, as it lies in the segment.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="SchemaFormatException">The text is not a schema.</exception>
    public static SchemaDocument Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Parse(StrictUtf8.Encoding.GetString(utf8));
        }
        catch (DecoderFallbackException error)
        {
            throw new SchemaFormatException(1, "it is not UTF-8", error);
        }
    }

    /// <summary>The message type of an id; null if there is none.</summary>
    /// <param name="id">The id that a record carries.</param>
    public SchemaMessage? Find(ushort id) => Messages.FirstOrDefault(message => message.Id == id);
}
