using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>A message as a schema text describes it.</summary>
/// <param name="name">Its full name.</param>
/// <param name="version">Its version.</param>
/// <param name="header">The line of the message.</param>
internal sealed class BaselineMessage(string name, int version, string header)
{
    private static readonly Regex s_header = new(
        @"^message (?<name>\S+) id \d{1,5} version (?<version>\d{1,5}) size \d{1,9}$", RegexOptions.CultureInvariant);

    private static readonly Regex s_field = new(
        @"^  (?<name>[^\s@]+) (?<type>\S+) @(?<offset>\d{1,9})( since \d{1,5})?$",
        RegexOptions.CultureInvariant);

    public string Name => name;

    public int Version => version;

    public string Header => header;

    public List<BaselineField> Fields { get; } = [];

    /// <summary>All lines, as they are written to a baseline.</summary>
    public string Text { get; private set; } = header + "\n";

    /// <summary>The message that a line begins; null if the line does not begin one.</summary>
    public static BaselineMessage? Begin(string line) => s_header.Match(line) is { Success: true } match
        ? new BaselineMessage(match.Groups["name"].Value, Number(match, "version"), line)
        : null;

    /// <summary>The enums and messages that the fields mention, by their names.</summary>
    public BaselineDefinitions Definitions { get; } = new();

    /// <summary>Adds the next line of the message; false if it is not one.</summary>
    public bool Add(string line)
    {
        if (!Definitions.Add(line))
        {
            if (s_field.Match(line) is not { Success: true } match)
            {
                return false;
            }

            Fields.Add(new BaselineField(match.Groups["name"].Value, match.Groups["type"].Value, Number(match, "offset")));
        }

        Text += line + "\n";
        return true;
    }

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
