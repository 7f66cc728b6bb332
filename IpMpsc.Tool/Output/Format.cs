using System.Globalization;
using IpMpsc.Judging;

namespace IpMpsc.Tool.Output;

/// <summary>Numbers and times as people read them.</summary>
internal static class Format
{
    private static readonly string[] s_sizes = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A number of bytes, such as "12 B" or "1.5 MiB".</summary>
    public static string Bytes(double bytes) => Wording.Scale(bytes, 1024, s_sizes, " ");

    /// <summary>A number of anything, such as "12" or "1.5 M".</summary>
    public static string Count(double count) => Wording.Count(count);

    /// <summary>A number of messages, such as "1 message" or "1,234 messages".</summary>
    public static string Messages(long count) => Wording.Messages(count);

    public static string Percent(double part, double whole) => Wording.Percent(part, whole);

    /// <summary>How long ago something was, such as "12 s" or "3 h".</summary>
    public static string Since(DateTimeOffset time) => Wording.Since(time);

    /// <summary>A length of time, such as "12 s" or "3 h".</summary>
    public static string Age(TimeSpan age) => Wording.Age(age);

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
}
