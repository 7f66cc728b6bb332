using System;
using System.Collections.Generic;
using System.Text;

namespace IpMpsc.Generators.Text;

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

    /// <summary>Opens the block of a namespace; the global one, whose name is empty, has none.</summary>
    public Block OpenNamespace(string name) => OpenAll(name.Length > 0 ? [$"namespace {name}"] : []);

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
