using System.Globalization;
using System.Text.Json.Serialization;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Measuring;

/// <summary>How many bytes come; sizes are those of payloads.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="BytesPerSecond">Bytes of payloads a second.</param>
/// <param name="Mean">The mean size of a message.</param>
/// <param name="Min">The smallest one.</param>
/// <param name="Max">The largest one.</param>
/// <param name="Window">Messages that this is computed from.</param>
/// <param name="Missed">Messages among them that could not be read; their bytes are estimated by the mean.</param>
internal sealed record BandwidthReport(string Channel, double BytesPerSecond, double Mean, int Min, int Max, int Window, long Missed) : IMeasurement
{
    /// <summary>Null if there are fewer than two messages.</summary>
    public static BandwidthReport? Of(string channel, IReadOnlyCollection<Sample> samples)
    {
        if (samples.Count < 2)
        {
            return null;
        }

        (double span, long missed) = Sample.Extent(samples);
        double mean = samples.Average(static sample => (double)sample.Bytes);
        double bytes = samples.Skip(1).Sum(static sample => (double)sample.Bytes) + (missed * mean);
        return new BandwidthReport(
            channel, span > 0 ? bytes / span : 0, mean, samples.Min(static sample => sample.Bytes), samples.Max(static sample => sample.Bytes), samples.Count, missed);
    }

    [JsonIgnore]
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{Format.Bytes(BytesPerSecond)}/s from {Window:N0} messages   size mean: {Format.Bytes(Mean)}   min: {Format.Bytes(Min)}   max: {Format.Bytes(Max)}{Format.MissedText(Missed)}");
}
