using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// The channel into which an application logs. An event is in the ring when the call of the logger returns, and stays there
/// whatever becomes of the process.
/// </summary>
internal sealed class LogChannel : IDisposable
{
    private readonly Sender<LogEvent> _sender;
    private readonly ChannelLoggerOptions _options;
    private readonly int _largest;
    private long _dropped;

    public LogChannel(Sender<LogEvent> sender, ChannelLoggerOptions options)
    {
        _sender = sender;
        _options = options;
        _largest = sender.MaxMessageSize;
    }

    /// <summary>Full path of the channel.</summary>
    public string Path => _sender.Path;

    /// <summary>How many events were dropped.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Logs an event, or drops and counts it.</summary>
    public void Write<TState>(LogOrigin origin, in LogEntry<TState> entry, IExternalScopeProvider? scopes)
    {
        LogEventEncoder encoder = LogEventEncoder.Rent();
        try
        {
            bool isSent = encoder.TryEncode(origin, entry, _options.IncludeScopes ? scopes : null, Dropped, _largest)
                && TrySend(new EncodedEvent(encoder));
            if (!isSent)
            {
                Interlocked.Increment(ref _dropped);
            }
        }
        finally
        {
            LogEventEncoder.Return(encoder);
        }
    }

    public void Dispose() => _sender.Dispose();

    private bool TrySend(EncodedEvent payload)
    {
        TimeSpan patience = _options.WhenFull == LogFullAction.Block ? _options.MaxBlockTime : default;
        try
        {
            bool isClaimed = _sender.TryClaim(payload, out Claim<LogEvent> claim, patience);
            if (isClaimed)
            {
                claim.Commit();
            }

            return isClaimed;
        }
        catch (Exception failure) when (failure is ChannelException or ObjectDisposedException)
        {
            return false; // The channel was deleted, or the provider is disposed: no reason to stop an application.
        }
    }
}
