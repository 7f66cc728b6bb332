using IpMpsc.Tool.Output;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Tool.Bridging;

/// <summary>What a bridge has to say, as lines of the error output with the time before each.</summary>
internal sealed class BridgeNotes : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.Error.WriteLine($"{DateTimeOffset.Now:HH:mm:ss.fff} {Terminal.Clean(formatter(state, exception))}");
}
