using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>
/// The messages as they were when the baseline was last committed: schema texts, one after the other,
/// with empty lines between them and comments that begin with '#'.
/// </summary>
internal sealed class SchemaBaseline
{
    public const string Extension = ".ipmpsc-schema";

    private readonly Dictionary<string, BaselineMessage> _messages = new(StringComparer.Ordinal);

    private readonly Dictionary<BaselineMessage, Location> _lines = [];

    private SchemaBaseline(string path) => Path = path;

    /// <summary>The file that new messages are to be added to.</summary>
    public string Path { get; }

    /// <summary>All messages, and the line that begins each.</summary>
    public IEnumerable<(BaselineMessage Message, Location Line)> Messages =>
        _messages.Values.Select(message => (message, _lines[message]));

    /// <summary>Lines that are neither of a schema text nor comments.</summary>
    public List<Location> Malformed { get; } = [];

    /// <summary>The baseline of a compilation; null if it keeps none.</summary>
    public static SchemaBaseline? Of(ImmutableArray<AdditionalText> files)
    {
        AdditionalText[] own = files
            .Where(file => file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToArray();
        if (own.Length == 0)
        {
            return null;
        }

        var baseline = new SchemaBaseline(own[0].Path);
        foreach (AdditionalText file in own)
        {
            baseline.Add(file);
        }

        return baseline;
    }

    public BaselineMessage? Find(string name) => _messages.TryGetValue(name, out BaselineMessage found) ? found : null;

    private void Add(AdditionalText file)
    {
        BaselineMessage? current = null;
        SourceText text = file.GetText() ?? SourceText.From("");
        foreach (TextLine line in text.Lines)
        {
            string content = line.ToString().TrimEnd();
            if (content.Length == 0 || content[0] == '#')
            {
                continue;
            }

            if (BaselineMessage.Begin(content) is { } next)
            {
                _messages[next.Name] = current = next;
                _lines[next] = LocationOf(line);
            }
            else if (current?.Add(content) != true)
            {
                Malformed.Add(LocationOf(line));
            }
        }

        Location LocationOf(TextLine line) => Location.Create(file.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span));
    }
}
