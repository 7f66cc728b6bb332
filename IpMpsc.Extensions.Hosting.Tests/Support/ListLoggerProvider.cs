using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Support;

/// <summary>Keeps what is logged.</summary>
internal sealed class ListLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LoggedLine> _lines = [];
    private IExternalScopeProvider? _scopes;

    public IReadOnlyList<LoggedLine> Lines => [.. _lines];

    /// <summary>The messages of one level, and the more severe ones.</summary>
    public IEnumerable<string> From(LogLevel level) => Lines.Where(line => line.Level >= level).Select(line => line.Message);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _lines.Clear();

    public ILogger CreateLogger(string categoryName) => new ListLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class ListLogger(ListLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => provider._scopes?.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            List<object?> scopes = [];
            provider._scopes?.ForEachScope(static (scope, list) => list.Add(scope), scopes);
            provider._lines.Enqueue(new LoggedLine(
                logLevel, category, eventId, formatter(state, exception), state, exception, scopes));
        }
    }
}
