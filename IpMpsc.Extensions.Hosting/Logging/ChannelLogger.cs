using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>Logs one category into the channel.</summary>
internal sealed class ChannelLogger(ChannelLoggerProvider provider, string category) : ILogger
{
    private readonly LogOrigin _origin = new(provider.Application, category);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider.Scopes?.Push(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && !provider.IsForwarding;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (IsEnabled(logLevel))
        {
            LogEntry<TState> entry = new(logLevel, category, eventId, state, exception, formatter);
            provider.Channel.Write(_origin, entry, provider.Scopes);
        }
    }
}
