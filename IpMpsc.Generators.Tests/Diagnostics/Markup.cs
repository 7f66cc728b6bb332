using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators.Tests;

/// <summary>Source in which <c>{|IPM0001:text|}</c> marks where a diagnostic is expected.</summary>
internal sealed partial record Markup(string Source, IReadOnlyList<(string Id, TextSpan Span)> Expected)
{
    public static Markup Parse(string text)
    {
        var source = new StringBuilder();
        List<(string, TextSpan)> expected = [];
        int copied = 0;
        foreach (Match mark in Mark.Matches(text))
        {
            source.Append(text, copied, mark.Index - copied);
            string content = mark.Groups["text"].Value;
            expected.Add((mark.Groups["id"].Value, new TextSpan(source.Length, content.Length)));
            source.Append(content);
            copied = mark.Index + mark.Length;
        }

        source.Append(text, copied, text.Length - copied);
        return new Markup(source.ToString(), expected);
    }

    [GeneratedRegex(@"\{\|(?<id>\w+):(?<text>.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark { get; }
}
