using System.Diagnostics.Metrics;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>Counts dropped log events, in the meter of the channels.</summary>
internal static class LogMeter
{
    private static readonly Meter s_meter = new("IpMpsc");
    private static readonly Lock s_gate = new();
    private static readonly List<LogChannel> s_channels = [];

    /// <summary>What channels had dropped that are closed, by path, so that the counter never goes back.</summary>
    private static readonly Dictionary<string, long> s_past = [];

    static LogMeter() => s_meter.CreateObservableCounter(
        "ipmpsc.log.dropped", Measure, "{event}", "Log events that were dropped, because their channel had no room.");

    public static void Add(LogChannel channel)
    {
        lock (s_gate)
        {
            s_channels.Add(channel);
        }
    }

    public static void Remove(LogChannel channel)
    {
        lock (s_gate)
        {
            if (s_channels.Remove(channel) && channel.Dropped > 0)
            {
                s_past[channel.Path] = s_past.GetValueOrDefault(channel.Path) + channel.Dropped;
            }
        }
    }

    private static List<Measurement<long>> Measure()
    {
        lock (s_gate)
        {
            Dictionary<string, long> sums = new(s_past);
            foreach (LogChannel channel in s_channels)
            {
                sums[channel.Path] = sums.GetValueOrDefault(channel.Path) + channel.Dropped;
            }

            return [.. sums.Select(sum => new Measurement<long>(sum.Value, new KeyValuePair<string, object?>("channel", sum.Key)))];
        }
    }
}
