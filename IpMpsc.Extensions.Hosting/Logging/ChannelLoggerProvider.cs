using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// Logs into a channel. Add it with <c>builder.Logging.AddIpMpsc("logs")</c>; its levels stand in
/// <c>Logging:IpMpsc:LogLevel</c>.
/// </summary>
[ProviderAlias("IpMpsc")]
public sealed class ChannelLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    [ThreadStatic]
    private static string? t_forwarded;

    private readonly ConcurrentDictionary<string, ChannelLogger> _loggers = new(StringComparer.Ordinal);

    internal ChannelLoggerProvider(LogChannel channel, string application)
    {
        Channel = channel;
        Application = application;
        LogMeter.Add(channel);
    }

    /// <summary>Full path of the channel.</summary>
    public string Path => Channel.Path;

    /// <summary>How many events this provider has dropped, because the channel was full or deleted.</summary>
    public long DroppedEvents => Channel.Dropped;

    internal LogChannel Channel { get; }

    internal string Application { get; }

    internal IExternalScopeProvider? Scopes { get; private set; }

    /// <summary>Whether this thread forwards events that come from this very channel: to log them would send them round for ever.</summary>
    internal bool IsForwarding => t_forwarded is { } path && path == Path;

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, static (category, provider) => new ChannelLogger(provider, category), this);

    /// <inheritdoc />
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

    /// <summary>Leaves the channel. What was logged stays in it.</summary>
    public void Dispose()
    {
        LogMeter.Remove(Channel);
        Channel.Dispose();
    }

    /// <summary>Begins to forward events of a channel on this thread; the caller sets it back to what it was.</summary>
    internal static string? Forward(string? path)
    {
        string? before = t_forwarded;
        t_forwarded = path;
        return before;
    }
}
