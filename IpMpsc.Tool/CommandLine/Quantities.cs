using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace IpMpsc.Tool.CommandLine;

/// <summary>Options whose values have a unit.</summary>
internal static class Quantities
{
    private static readonly (string Unit, double Factor)[] s_sizes =
        [("", 1), ("B", 1), ("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

    private static readonly (string Unit, double Factor)[] s_times = [("", 1), ("s", 1), ("min", 60), ("h", 3600), ("d", 86_400)];

    /// <summary>An option for a number of bytes, such as 500MB.</summary>
    public static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = static result => Parse(result, s_sizes, "size such as 500MB or 2GiB") is { } bytes ? (long)bytes : null,
    };

    /// <summary>An option for a length of time, such as 10min.</summary>
    public static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = static result => Parse(result, s_times, "time such as 90s, 10min or 1h") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    private static double? Parse(ArgumentResult result, (string Unit, double Factor)[] units, string wanted)
    {
        string text = result.Tokens[0].Value;
        foreach ((string unit, double factor) in units)
        {
            bool isNumber = text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
                && number * factor is >= 1 and < 1e12;
            if (isNumber)
            {
                return double.Parse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * factor;
            }
        }

        result.AddError($"'{text}' is not a {wanted}.");
        return null;
    }
}
