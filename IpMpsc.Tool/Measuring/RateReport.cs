using System.Globalization;
using System.Text.Json.Serialization;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Measuring;

/// <summary>How often messages come; times in seconds.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Rate">Messages a second.</param>
/// <param name="Min">The shortest time between two messages.</param>
/// <param name="Max">The longest one.</param>
/// <param name="StdDev">The standard deviation of these times.</param>
/// <param name="Window">Messages that this is computed from.</param>
/// <param name="Missed">Messages among them that could not be read; they are counted in the rate.</param>
internal sealed record RateReport(string Channel, double Rate, double Min, double Max, double StdDev, int Window, long Missed) : IMeasurement
{
    /// <summary>Null if there are fewer than two messages.</summary>
    public static RateReport? Of(string channel, IReadOnlyCollection<Sample> samples)
    {
        if (samples.Count < 2)
        {
            return null;
        }

        double[] intervals = [.. samples.Zip(samples.Skip(1), static (one, next) => next.Time - one.Time)];
        (double span, long missed) = Sample.Extent(samples);
        double mean = intervals.Average();
        double variance = intervals.Average(interval => (interval - mean) * (interval - mean));
        return new RateReport(
            channel, span > 0 ? (intervals.Length + missed) / span : 0, intervals.Min(), intervals.Max(), Math.Sqrt(variance), samples.Count, missed);
    }

    [JsonIgnore]
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"average rate: {Rate:N3} msgs/s   min: {Format.Duration(Min)}   max: {Format.Duration(Max)}   std dev: {Format.Duration(StdDev)}   window: {Window:N0}{Format.MissedText(Missed)}");
}
