using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>The definitions behind the fields of a message in a schema text.</summary>
internal sealed class BaselineDefinitions
{
    private static readonly Regex s_head = new(
        @"^((?<kind>enum) (?<name>\S+) \S+|(?<kind>struct) (?<name>\S+) size \d{1,9}|(?<kind>nested) (?<name>\S+) version \d{1,5} size \d{1,9})$",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_member = new(@"^  \S+ (\S+ @\d{1,9}( since \d{1,5})?|= -?\d{1,20})$", RegexOptions.CultureInvariant);

    private static readonly Regex s_mentioned = new(@"(?<name>[^\s()\[\]{}?:,]+)\(", RegexOptions.CultureInvariant);

    private readonly Dictionary<string, (string Kind, List<string> Lines)> _definitions = new(StringComparer.Ordinal);
    private List<string>? _last;

    /// <summary>Adds a line; false if no definition has begun.</summary>
    public bool Add(string line)
    {
        if (s_head.Match(line) is { Success: true } match)
        {
            _last = [];
            _definitions[match.Groups["name"].Value] = (match.Groups["kind"].Value, _last);
            return true;
        }

        if (_last is null || !s_member.IsMatch(line))
        {
            return false;
        }

        _last.Add(line.Trim());
        return true;
    }

    /// <summary>
    /// What changed in a type so that programs with the one do not understand those with the other: a line before and
    /// now; null if nothing did. Members of enums may be added, and messages with a version may grow, which is
    /// checked where they
    /// are declared.
    /// </summary>
    public (string Before, string Now)? Difference(string type, BaselineDefinitions now) =>
        s_mentioned.Matches(type).Cast<Match>()
            .Select(match => match.Groups["name"].Value)
            .Select(name => DifferenceOf(name, now))
            .FirstOrDefault(difference => difference is not null);

    private (string Before, string Now)? DifferenceOf(string name, BaselineDefinitions now)
    {
        if (!_definitions.TryGetValue(name, out var before) || !now._definitions.TryGetValue(name, out var current))
        {
            return null;
        }

        foreach ((string old, int index) in before.Lines.Select((line, index) => (line, index)))
        {
            string key = old.Substring(0, old.IndexOf(' ') + 1);
            string? same = before.Kind == "struct"
                ? current.Lines.ElementAtOrDefault(index)
                : current.Lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            if (before.Kind != "nested" && same != old && (same is not null || before.Kind == "struct"))
            {
                return ($"{name} with '{old}'", same is null ? $"{name} without it" : $"{name} with '{same}'");
            }

            if (before.Kind == "struct" && Difference(old, now) is { } inner)
            {
                return inner;
            }
        }

        return before.Kind == "struct" && current.Lines.Count > before.Lines.Count
            ? ($"{name} without it", $"{name} with '{current.Lines[before.Lines.Count]}'")
            : null;
    }
}
