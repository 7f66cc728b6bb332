using System.Text;
using IpMpsc.Schemas;
using IpMpsc.Segments;

namespace IpMpsc.Opening;

/// <summary>The messages that a program expects of a channel, and how they differ from those that a channel has.</summary>
internal sealed class ExpectedSchema
{
    private readonly string _text;
    private readonly bool _acceptsAny;

    public ExpectedSchema(string text)
    {
        _text = text;
        Text = Encoding.UTF8.GetBytes(text);
    }

    private ExpectedSchema() : this("") => _acceptsAny = true;

    /// <summary>A channel of raw payloads: its schema is empty.</summary>
    public static ExpectedSchema Bytes { get; } = new("");

    /// <summary>A channel of bytes in a format; null for bytes without a stated one.</summary>
    public static ExpectedSchema Of(ByteFormat? format) => format is null ? Bytes : new ExpectedSchema(format.Text);

    /// <summary>No expectation: the opener accepts whatever schema the channel has.</summary>
    public static ExpectedSchema Any { get; } = new();

    /// <summary>The canonical text in UTF-8.</summary>
    public byte[] Text { get; }

    /// <summary>A channel of one message type.</summary>
    public static ExpectedSchema Of<T>() where T : struct, IChannelMessage<T> => Holder<T>.Schema;

    /// <summary>The schema text that is stored in a channel; bytes that are not UTF-8 are replaced.</summary>
    // Decodes a copy: the decoder reads the bytes twice, and fails if another program changes them in between.
    public static string TextOf(SegmentView segment) => Encoding.UTF8.GetString(segment.Schema.ToArray());

    /// <summary>
    /// The first difference that makes this program and the channel incompatible; null if there is none.
    /// </summary>
    /// <param name="stored">The schema of the channel, in UTF-8.</param>
    public string? DescribeDifference(ReadOnlyMemory<byte> stored)
    {
        if (_acceptsAny || stored.Span.SequenceEqual(Text))
        {
            return null;
        }

        try
        {
            SchemaDocument theirs = SchemaDocument.Parse(stored.Span);
            SchemaDocument ours = SchemaDocument.Parse(_text);
            return SchemaComparison.Describe(theirs, ours);
        }
        catch (SchemaFormatException error)
        {
            return $"its schema cannot be read: {error.Message}";
        }
    }

    private static class Holder<T> where T : struct, IChannelMessage<T>
    {
        public static readonly ExpectedSchema Schema = new(T.Schema.Text);
    }
}
