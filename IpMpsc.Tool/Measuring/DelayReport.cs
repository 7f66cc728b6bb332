using System.Globalization;
using System.Text.Json.Serialization;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Measuring;

/// <summary>How long messages are in the ring, from their commit to their release; times in seconds.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Min">The shortest time.</param>
/// <param name="P50">The time that half of the messages need at most.</param>
/// <param name="P99">The time that 99 % of them need at most.</param>
/// <param name="Max">The longest time.</param>
/// <param name="Window">Messages that this is computed from.</param>
internal sealed record DelayReport(string Channel, double Min, double P50, double P99, double Max, int Window) : IMeasurement
{
    /// <summary>Null if there are no messages.</summary>
    public static DelayReport? Of(string channel, IReadOnlyCollection<Sample> samples)
    {
        if (samples.Count == 0)
        {
            return null;
        }

        double[] delays = [.. samples.Select(static sample => sample.Delay).Order()];
        return new DelayReport(channel, delays[0], At(0.5), At(0.99), delays[^1], delays.Length);

        double At(double part) => delays[(int)Math.Ceiling(part * delays.Length) - 1];
    }

    [JsonIgnore]
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"time in the ring   p50: {Format.Duration(P50)}   p99: {Format.Duration(P99)}   max: {Format.Duration(Max)}   min: {Format.Duration(Min)}   window: {Window:N0}");
}
