using System.Globalization;

namespace IpMpsc.Examples.Tour;

/// <summary>Times and rates as people write them: three digits and a unit.</summary>
internal static class Units
{
    public static string Of(TimeSpan time) => time.TotalNanoseconds switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalNanoseconds:N0} ns"),
        < 100_000 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:N1} us"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:N0} us"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:N1} ms"),
    };

    public static string Rate(double perSecond) => perSecond >= 1e6
        ? string.Create(CultureInfo.InvariantCulture, $"{perSecond / 1e6:N1} million/s")
        : string.Create(CultureInfo.InvariantCulture, $"{perSecond:N0}/s");

    /// <summary>How two figures compare: "3.2 times as fast", or "3.2 times as slow" if the ratio is below one.</summary>
    public static string Ratio(double ratio, string better, string worse)
    {
        (double times, string word) = ratio >= 1 ? (ratio, better) : (1 / ratio, worse);
        return string.Create(CultureInfo.InvariantCulture, $"{times.ToString(times >= 10 ? "N0" : "N1", CultureInfo.InvariantCulture)} times as {word}");
    }
}
