using System.Text;
using IpMpsc.Schemas;

namespace IpMpsc;

/// <summary>What a program expects of the messages of a channel, and how it differs from what a channel has.</summary>
internal sealed class ChannelSchema
{
    private readonly string _text;

    public ChannelSchema(string text)
    {
        _text = text;
        Text = Encoding.UTF8.GetBytes(text);
    }

    /// <summary>A channel of raw payloads: its schema is empty.</summary>
    public static ChannelSchema Bytes { get; } = new("");

    /// <summary>The canonical text in UTF-8.</summary>
    public byte[] Text { get; }

    /// <summary>A channel of one message type.</summary>
    public static ChannelSchema Of<T>() where T : struct, IChannelMessage<T> => Holder<T>.Schema;

    /// <summary>
    /// The first difference that keeps this program and the channel from understanding each other;
    /// null if there is none.
    /// </summary>
    /// <param name="stored">The schema of the channel, in UTF-8.</param>
    public string? DescribeDifference(ReadOnlyMemory<byte> stored)
    {
        if (stored.Span.SequenceEqual(Text))
        {
            return null;
        }

        try
        {
            SchemaDocument theirs = SchemaDocument.Parse(stored.Span);
            SchemaDocument ours = SchemaDocument.Parse(_text);
            return (theirs.Messages, ours.Messages) switch
            {
                ([], [var our, ..]) => $"it carries raw bytes without a schema, this program expects '{our}'",
                ([var their, ..], []) => $"it carries '{their}', this program expects raw bytes without a schema",
                _ => SchemaComparison.Describe(theirs, ours),
            };
        }
        catch (SchemaFormatException error)
        {
            return $"its schema cannot be read: {error.Message}";
        }
    }

    private static class Holder<T> where T : struct, IChannelMessage<T>
    {
        public static readonly ChannelSchema Schema = new(T.Schema.Text);
    }
}
