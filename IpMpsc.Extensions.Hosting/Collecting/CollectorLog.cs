using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>What the collector itself logs.</summary>
internal static partial class CollectorLog
{
    [LoggerMessage(1, LogLevel.Warning, "Log channel {Channel}: {Application}, process {ProcessId}, has dropped {Lost} events because the channel was full")]
    public static partial void EventsLost(ILogger logger, string channel, string application, int processId, long lost);
}
