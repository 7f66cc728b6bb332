using System;
using System.Text;

namespace IpMpsc.Generators;

/// <summary>Source text, indented by the block that is being written, with '\n' at the end of every line.</summary>
internal sealed class IndentedWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, or each of several lines, at the current indentation.</summary>
    public void Line(string lines = "")
    {
        foreach (string line in lines.Split('\n'))
        {
            string content = line.TrimEnd('\r');
            if (content.Length > 0)
            {
                _text.Append(' ', 4 * _depth).Append(content);
            }

            _text.Append('\n');
        }
    }

    /// <summary>Writes the head of a block and its opening brace; disposing the result closes it.</summary>
    public Block Open(string head)
    {
        Line(head);
        Line("{");
        _depth++;
        return new Block(this);
    }

    public override string ToString() => _text.ToString();

    public readonly struct Block(IndentedWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
