using System.Globalization;

namespace IpMpsc.Tool.Output;

/// <summary>Numbers and times as people read them.</summary>
internal static class Format
{
    private static readonly string[] s_sizes = ["B", "KiB", "MiB", "GiB", "TiB"];
    private static readonly string[] s_counts = ["", " k", " M", " G", " T"];

    /// <summary>A number of bytes, such as "12 B" or "1.5 MiB".</summary>
    public static string Bytes(double bytes) => Scale(bytes, 1024, s_sizes, " ");

    /// <summary>A number of anything, such as "12" or "1.5 M".</summary>
    public static string Count(double count) => Scale(count, 1000, s_counts, "");

    /// <summary>A number of messages, such as "1 message" or "1,234 messages".</summary>
    public static string Messages(long count) => count == 1 ? "1 message" : $"{count:N0} messages";

    public static string Percent(double part, double whole) => whole == 0
        ? "0 %"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * part / whole:0.#} %");

    /// <summary>How long ago something was, such as "12 s" or "3 h".</summary>
    public static string Since(DateTimeOffset time) => Age(DateTimeOffset.UtcNow - time);

    /// <summary>A length of time, such as "12 s" or "3 h".</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalMinutes: < 2 } => $"{(int)age.TotalSeconds} s",
        { TotalHours: < 2 } => $"{(int)age.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} d",
    };

    /// <summary>A short length of time in seconds, such as "12.5 ms".</summary>
    public static string Duration(double seconds) => Math.Abs(seconds) switch
    {
        0 => "0 s",
        < 1e-6 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e9:0} ns"),
        < 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0.0} µs"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.000} s"),
    };

    /// <summary>The end of a line that says how many messages were missed; empty if none were.</summary>
    public static string MissedText(long missed) => missed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"   missed: {missed:N0}");

    public static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Scale(double value, double step, string[] units, string space)
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
}
