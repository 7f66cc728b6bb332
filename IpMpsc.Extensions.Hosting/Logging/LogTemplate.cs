using System.Text;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// A message template, parsed once: texts in UTF-8, and between them holes with a name, a width and a format. It is
/// rendered as the loggers of .NET render it.
/// </summary>
internal sealed class LogTemplate
{
    private static readonly LogTemplate s_unusable = new([], []);

    private LogTemplate(byte[] text, Hole[] holes)
    {
        Utf8 = text;
        Holes = holes;
    }

    /// <summary>The template itself, in UTF-8.</summary>
    public byte[] Utf8 { get; }

    /// <summary>The holes, each with the text that stands before it.</summary>
    public Hole[] Holes { get; }

    /// <summary>The text behind the last hole.</summary>
    public byte[] Tail { get; private init; } = [];

    /// <summary>Whether the template was understood. If not, the logger's own formatter has to render it.</summary>
    public bool IsUsable => !ReferenceEquals(this, s_unusable);

    /// <summary>Parses a template. Braces that are not in pairs make it unusable.</summary>
    public static LogTemplate Parse(string template)
    {
        List<Hole> holes = [];
        StringBuilder text = new();
        int position = 0;
        while (position < template.Length)
        {
            char c = template[position];
            bool isDoubled = position + 1 < template.Length && template[position + 1] == c;
            if (c is '{' or '}' && isDoubled)
            {
                text.Append(c);
                position += 2;
            }
            else if (c == '{')
            {
                int end = template.IndexOf('}', position);
                if (end < 0 || !TryParseHole(template[(position + 1)..end], text, out Hole hole))
                {
                    return s_unusable;
                }

                holes.Add(hole);
                text.Clear();
                position = end + 1;
            }
            else if (c == '}')
            {
                return s_unusable;
            }
            else
            {
                text.Append(c);
                position++;
            }
        }

        return new LogTemplate(Encoding.UTF8.GetBytes(template), [.. holes]) { Tail = Encoding.UTF8.GetBytes(text.ToString()) };
    }

    private static bool TryParseHole(string content, StringBuilder before, out Hole hole)
    {
        int colon = content.IndexOf(':');
        string? format = colon < 0 ? null : content[(colon + 1)..];
        string name = colon < 0 ? content : content[..colon];
        int comma = name.IndexOf(',');
        int width = 0;
        bool isUnderstood = !content.Contains('{') && (comma < 0 || int.TryParse(name[(comma + 1)..], out width));
        hole = new Hole(Encoding.UTF8.GetBytes(before.ToString()), comma < 0 ? name : name[..comma], width, format);
        return isUnderstood && hole.Name.Length > 0;
    }

    /// <param name="Before">The text before the hole, in UTF-8.</param>
    /// <param name="Name">The name of the value.</param>
    /// <param name="Width">The least width; negative to fill on the right.</param>
    /// <param name="Format">The format; null for the usual one.</param>
    internal readonly record struct Hole(byte[] Before, string Name, int Width, string? Format)
    {
        /// <summary>Whether the value stands in the message as it stands in its field.</summary>
        public bool IsPlain { get; } = Width == 0 && Format is null;

        /// <summary>What the field of the value begins with.</summary>
        public byte[] FieldHead { get; } = FieldList.HeadOf(Name);
    }
}
