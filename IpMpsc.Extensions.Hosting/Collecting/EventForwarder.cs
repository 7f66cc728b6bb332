using IpMpsc.Extensions.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>
/// Logs the events of other processes with the loggers of this one, under their own categories, levels and ids. The
/// provider that logs into the same channel is left out.
/// </summary>
internal sealed class EventForwarder(ILoggerFactory loggers, string channelPath)
{
    public void Forward(in LogEvent entry)
    {
        string? before = ChannelLoggerProvider.Forward(channelPath);
        try
        {
            ILogger logger = loggers.CreateLogger(entry.Category);
            if (!logger.IsEnabled(entry.Level))
            {
                return;
            }

            using IDisposable? scope = logger.BeginScope(ForwardedState.ScopeOf(entry));
            logger.Log(
                entry.Level,
                new EventId(entry.EventId, entry.EventName),
                new ForwardedState(entry),
                entry.Exception is null ? null : new ForwardedException(entry.Exception),
                static (state, _) => state.ToString());
        }
        finally
        {
            ChannelLoggerProvider.Forward(before);
        }
    }
}
