using System;
using System.Collections.Generic;
using System.Text;

namespace IpMpsc.Generators.Text;

/// <summary>
/// Source text, indented by the block that is being written, with tabs, which take the least room, and '\n' at the
/// end of every line.
/// </summary>
/// <param name="documents">Whether lines of documentation are written, too.</param>
internal sealed class IndentedWriter(bool documents = true)
{
    private const int IndentWidth = 4;
    private const string Documentation = "///";

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, or each of several lines, at the current indentation.</summary>
    public void Line(string lines = "")
    {
        int start = 0;
        while (true)
        {
            int end = lines.IndexOf('\n', start);
            int length = (end < 0 ? lines.Length : end) - start;
            if (length > 0 && lines[start + length - 1] == '\r')
            {
                length--;
            }

            AppendLine(lines, start, length);
            if (end < 0)
            {
                return;
            }

            start = end + 1;
        }
    }

    /// <summary>Writes a line in the middle of which a text stands that is not indented, whatever lines it has.</summary>
    public void Verbatim(string before, string text, string after)
    {
        _text.Append('\t', _depth).Append(before).Append(text).Append(after).Append('\n');
    }

    /// <summary>Writes the head of a block and its opening brace; disposing the result closes it.</summary>
    public Block Open(string head) => OpenAll([head]);

    /// <summary>Opens blocks within each other; disposing the result closes them all.</summary>
    public Block OpenAll(IEnumerable<string> heads)
    {
        int outside = _depth;
        foreach (string head in heads)
        {
            Line(head);
            Line("{");
            _depth++;
        }

        return new Block(this, outside);
    }

    /// <summary>Continues a block whose head and opening brace are written; disposing the result closes it.</summary>
    public Block Continue()
    {
        int outside = _depth++;
        return new Block(this, outside);
    }

    /// <summary>Puts all that follows into a namespace; the global one has an empty name.</summary>
    public void EnterNamespace(string name)
    {
        if (name.Length > 0)
        {
            Line($"namespace {name};");
            Line();
        }
    }

    // Four spaces of the emitters' own text are a level, too.
    private void AppendLine(string lines, int start, int length)
    {
        int spaces = 0;
        while (spaces < length && lines[start + spaces] == ' ')
        {
            spaces++;
        }

        if (!documents && string.CompareOrdinal(lines, start + spaces, Documentation, 0, Documentation.Length) == 0)
        {
            return;
        }

        if (length > 0)
        {
            _text.Append('\t', _depth + (spaces / IndentWidth))
                .Append(' ', spaces % IndentWidth)
                .Append(lines, start + spaces, length - spaces);
        }

        _text.Append('\n');
    }

    public override string ToString() => _text.ToString();

    public readonly struct Block(IndentedWriter writer, int outside) : IDisposable
    {
        public void Dispose()
        {
            while (writer._depth > outside)
            {
                writer._depth--;
                writer.Line("}");
            }
        }
    }
}
