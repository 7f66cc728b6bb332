using System.Text;

namespace IpMpsc;

/// <summary>What a program expects of the messages of a channel, and how it differs from what a channel has.</summary>
internal sealed class ChannelSchema
{
    private ChannelSchema(string text) => Text = Encoding.UTF8.GetBytes(text);

    /// <summary>A channel of raw payloads: its schema is empty.</summary>
    public static ChannelSchema Bytes { get; } = new("");

    /// <summary>The canonical text in UTF-8.</summary>
    public byte[] Text { get; }

    /// <summary>A channel of one message type.</summary>
    public static ChannelSchema Of<T>() where T : struct, IChannelMessage<T> => Holder<T>.Schema;

    /// <summary>The first line in which a channel's schema differs from this one; null if none does.</summary>
    public string? DescribeDifference(ReadOnlyMemory<byte> stored)
    {
        if (stored.Length == 0 || Text.Length == 0)
        {
            return (stored.Length, Text.Length) switch
            {
                (0, 0) => null,
                (0, _) => $"it carries raw bytes without a schema, this program expects {FirstLine(Text)}",
                _ => $"it carries {FirstLine(stored.Span)}, this program expects raw bytes without a schema",
            };
        }

        string[] theirs = Lines(stored.Span);
        string[] ours = Lines(Text);
        for (int line = 0; line < Math.Max(theirs.Length, ours.Length); line++)
        {
            string their = line < theirs.Length ? theirs[line] : "nothing";
            string our = line < ours.Length ? ours[line] : "nothing";
            if (their != our)
            {
                string where = line == 0 ? "" : $" in {theirs[0]}";
                return $"its schema has{where} '{their}', this program's has '{our}'";
            }
        }

        return null;
    }

    private static string FirstLine(ReadOnlySpan<byte> text) => Lines(text)[0];

    private static string[] Lines(ReadOnlySpan<byte> text) =>
        Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static class Holder<T> where T : struct, IChannelMessage<T>
    {
        public static readonly ChannelSchema Schema = new(T.Schema.Text);
    }
}
