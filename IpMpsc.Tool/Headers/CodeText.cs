using System.Text;

namespace IpMpsc.Tool.Headers;

/// <summary>Source text, line by line.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds lines; each ends with one line feed on every system.</summary>
    public void Add(string lines = "") => _text.Append(lines.ReplaceLineEndings("\n")).Append('\n');

    public override string ToString() => _text.ToString();
}
