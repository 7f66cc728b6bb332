using System.Globalization;

namespace IpMpsc.Benchmarks.Values;

/// <summary>Formats numbers with three significant digits.</summary>
internal static class Numbers
{
    public static string Ratio(double value) => Significant(value);

    /// <summary>A value as its workload shows it, with its unit.</summary>
    public static string Text(Unit unit, double nanoseconds) => unit == Unit.MessagesPerSecond
        ? Rate(1e9 / nanoseconds)
        : Time(nanoseconds);

    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => Significant(nanoseconds) + " ns",
        < 1e6 => Significant(nanoseconds / 1e3) + " µs",
        _ => Significant(nanoseconds / 1e6) + " ms",
    };

    public static string Rate(double perSecond) => perSecond switch
    {
        >= 1e6 => Significant(perSecond / 1e6) + " M/s",
        >= 1e3 => Significant(perSecond / 1e3) + " k/s",
        _ => Significant(perSecond) + " /s",
    };

    public static string BytesRate(double perSecond) => perSecond switch
    {
        >= 1e9 => Significant(perSecond / 1e9) + " GB/s",
        >= 1e6 => Significant(perSecond / 1e6) + " MB/s",
        _ => Significant(perSecond / 1e3) + " kB/s",
    };

    /// <summary>A power of ten on an axis, without insignificant zeros.</summary>
    public static string Tick(Func<double, string> text, double value) => text(value).Replace(".00 ", " ", StringComparison.Ordinal).Replace(".0 ", " ", StringComparison.Ordinal);

    /// <summary>A number for a machine to read.</summary>
    public static string Plain(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Significant(double value)
    {
        string format = Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }
}
