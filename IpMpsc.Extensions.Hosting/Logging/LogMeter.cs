using System.Diagnostics.Metrics;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>Counts dropped log events, in the meter of the channels.</summary>
internal static class LogMeter
{
    private static readonly Meter s_meter = new("IpMpsc");
    private static readonly Lock s_gate = new();
    private static readonly List<LogChannel> s_channels = [];

    /// <summary>How many closed channels have counts of their own.</summary>
    private const int MostClosed = 100;

    /// <summary>What closed channels had dropped, by path, so that the counter never goes back. Those of further channels are added up.</summary>
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
                string key = s_past.Count < MostClosed || s_past.ContainsKey(channel.Path) ? channel.Path : "(closed)";
                s_past[key] = s_past.GetValueOrDefault(key) + channel.Dropped;
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
