using System.Diagnostics.Metrics;
using System.Runtime.Loader;

namespace IpMpsc.Telemetry;

/// <summary>
/// The meter "IpMpsc". Participants count its numbers anyway, most of them in the segment. The meter reads them when
/// a listener asks, so they cost nothing without one.
/// </summary>
/// <remarks>
/// A measurement covers all participants of one role that this process has, or had, on one channel; see
/// <see cref="ChannelTotals"/> for how long.
/// </remarks>
internal static class ChannelMeter
{
    private static readonly Meter s_meter = new("IpMpsc");

    /// <summary>For the instruments that stand elsewhere.</summary>
    public static Meter Instruments => s_meter;

    private static readonly Lock s_gate = new();
    private static readonly ChannelTotals s_totals = new();

    /// <summary>From 1 microsecond to 10 seconds, three in each decade.</summary>
    private static readonly double[] s_timeBuckets =
    [
        1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10,
    ];

    private static readonly Histogram<double> s_timeInRing = s_meter.CreateHistogram<double>(
        "ipmpsc.time_in_ring",
        "s",
        "Time from the commit of a message to its receipt; only of messages whose senders set TraceMessages.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = s_timeBuckets });

    static ChannelMeter()
    {
        Count("ipmpsc.messages", "{message}", "Messages sent or received.", static tally => tally.Messages);
        Count("ipmpsc.bytes", "By", "Payload bytes of those messages.", static tally => tally.Bytes);
        Count("ipmpsc.waits", "{wait}", "Calls that found no message, or no room, and waited.", static tally => tally.Waits);
        Count("ipmpsc.wakeups", "{wakeup}", "System calls made to wake the other side.", static tally => tally.WakeUps);
        Count("ipmpsc.recoveries", "{gap}", "Gaps of dead senders that the receiver skipped.", static tally => tally.Recoveries);
        Count("ipmpsc.skipped", "{record}", "Records that could not be received because they are corrupt or cannot be decoded.", static tally => tally.Skipped);
        Count("ipmpsc.dropped", "{message}", "Messages that a sender dropped, or a receiver stepped over, because FullMode says so.", static tally => tally.Dropped);
        Gauge("ipmpsc.depth", "By", "Bytes in the ring, including headers and claims in progress.", ChannelGauge.Depth);
        Gauge("ipmpsc.capacity", "By", "Size of the ring.", ChannelGauge.Capacity);
        Gauge("ipmpsc.senders", "{sender}", "Sender slots in use, of all processes.", ChannelGauge.Senders);
        Gauge("ipmpsc.receivers", "{receiver}", "1 if a receiver is attached, else 0.", ChannelGauge.Receivers);
        Gauge("ipmpsc.held", "{message}", "Messages that the receiver holds.", ChannelGauge.HeldMessages);
        s_meter.CreateObservableGauge(
            "ipmpsc.blocked",
            static () => Read(ChannelGauge.BlockedTime).Select(static age => Measure(age.Value / 1000.0, age.Key)),
            "s",
            "Time for which the receiver has been waiting for a sender that claimed and did not commit.");

        // .NET lists every meter and event source; the list would keep a load context of plug-ins from unloading.
        if (AssemblyLoadContext.GetLoadContext(typeof(ChannelMeter).Assembly) is { IsCollectible: true } context)
        {
            context.Unloading += static _ =>
            {
                s_meter.Dispose();
                ChannelEventSource.Log.Dispose();
            };
        }
    }

    /// <summary>Starts to report a participant that has just joined. Does not keep it alive.</summary>
    public static void Add(IMetered participant)
    {
        lock (s_gate)
        {
            s_totals.Add(participant);
        }

        ChannelEventSource.Log.Opened(participant.Channel, participant.Role);
    }

    /// <summary>Stops reporting a participant, while its segment is still mapped.</summary>
    public static void Remove(IMetered participant)
    {
        lock (s_gate)
        {
            if (!s_totals.Remove(participant))
            {
                return;
            }
        }

        ChannelEventSource.Log.Closed(participant.Channel, participant.Role);
    }

    /// <summary>Whether somebody listens to the times of messages.</summary>
    public static bool MeasuresTimeInRing => s_timeInRing.Enabled;

    /// <summary>Reports how long a message was in the ring.</summary>
    public static void MeasureTimeInRing(string channel, TimeSpan time) =>
        s_timeInRing.Record(Math.Max(0, time.TotalSeconds), new KeyValuePair<string, object?>("channel", channel));

    private static void Count(string name, string unit, string description, Func<ChannelTally, long> select) =>
        s_meter.CreateObservableCounter(
            name, () => Tallies().Select(tally => Measure(select(tally.Value), tally.Key)), unit, description);

    private static Dictionary<(string Channel, string Role), ChannelTally> Tallies()
    {
        lock (s_gate)
        {
            return s_totals.Sum();
        }
    }

    private static void Gauge(string name, string unit, string description, ChannelGauge gauge) => s_meter.CreateObservableGauge(
        name, () => Read(gauge).Select(static value => Measure(value.Value, value.Key)), unit, description);

    /// <summary>Participants stay mapped while the gate is held, because leaving takes it.</summary>
    private static Dictionary<(string Channel, string Role), long> Read(ChannelGauge gauge)
    {
        lock (s_gate)
        {
            return s_totals.Read(gauge);
        }
    }

    private static Measurement<T> Measure<T>(T value, (string Channel, string Role) key) where T : struct => new(
        value,
        new KeyValuePair<string, object?>("channel", key.Channel),
        new KeyValuePair<string, object?>("role", key.Role));
}
