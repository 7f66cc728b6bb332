using IpMpsc.Extensions.Hosting.Logging;

namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>The time of an event as a date.</summary>
internal static class EventTime
{
    public static DateTimeOffset Of(in LogEvent entry) =>
        DateTimeOffset.UnixEpoch.AddTicks(
            Math.Clamp(entry.TimeUnixNano / TimeSpan.NanosecondsPerTick, 0, (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks));
}
