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
        if (!IsEnabled(logLevel))
        {
            return;
        }

        LogChannel channel = provider.Channel;
        LogEventEncoder encoder = LogEventEncoder.Rent();
        try
        {
            LogEntry<TState> entry = new(logLevel, category, eventId, state, exception, formatter);
            IExternalScopeProvider? scopes = channel.IncludesScopes ? provider.Scopes : null;
            channel.Send(StateEncoder<TState>.TryEncode(encoder, _origin, entry, scopes, channel.Dropped, channel.Largest) ? encoder : null);
        }
        finally
        {
            LogEventEncoder.Return(encoder);
        }
    }
}
