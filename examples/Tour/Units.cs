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

    /// <summary>A ratio.</summary>
    public static string Times(double ratio) => ratio >= 10
        ? string.Create(CultureInfo.InvariantCulture, $"{ratio:N0} times")
        : string.Create(CultureInfo.InvariantCulture, $"{ratio:N1} times");
}
