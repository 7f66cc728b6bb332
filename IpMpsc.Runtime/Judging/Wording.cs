using System.Globalization;

namespace IpMpsc.Judging;

/// <summary>Numbers, times and names as people read them.</summary>
internal static class Wording
{
    private static readonly string[] s_counts = ["", " k", " M", " G", " T"];

    /// <summary>A number of anything, such as "12" or "1.5 M".</summary>
    public static string Count(double count) => Scale(count, 1000, s_counts, "");

    /// <summary>A number of messages, such as "1 message" or "1,234 messages".</summary>
    public static string Messages(long count) => count == 1 ? "1 message" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} messages");

    public static string Percent(double part, double whole) => whole == 0
        ? "0 %"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * part / whole:0.#} %");

    /// <summary>How long ago something was, such as "12 s" or "3 h".</summary>
    public static string Since(DateTimeOffset time) => Age(DateTimeOffset.UtcNow - time);

    /// <summary>A length of time, such as "12 s" or "3 h".</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalMinutes: < 2 } => Text($"{(int)age.TotalSeconds} s"),
        { TotalHours: < 2 } => Text($"{(int)age.TotalMinutes} min"),
        { TotalDays: < 2 } => Text($"{(int)age.TotalHours} h"),
        _ => Text($"{(int)age.TotalDays} d"),
    };

    /// <summary>Foreign text without control characters.</summary>
    public static string Clean(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)) : text;

    /// <summary>A number in units that keep it short.</summary>
    public static string Scale(double value, double step, string[] units, string space)
    {
        int unit = 0;
        while (Math.Abs(value) >= step && unit < units.Length - 1)
        {
            value /= step;
            unit++;
        }

        string digits = value >= 100 || value == Math.Floor(value) ? "0" : "0.#";
        return value.ToString(digits, CultureInfo.InvariantCulture) + space + units[unit];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
