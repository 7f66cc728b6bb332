namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>
/// The channel into which an application logs. An event is in the ring when the call of the logger returns, and stays
/// there whatever happens to the process.
/// </summary>
internal sealed class LogChannel : IDisposable
{
    private readonly Sender<LogEvent> _sender;
    private readonly ChannelLoggerOptions _options;
    private long _dropped;

    public LogChannel(Sender<LogEvent> sender, ChannelLoggerOptions options)
    {
        _sender = sender;
        _options = options;
        Largest = sender.MaxMessageSize;
    }

    /// <summary>Full path of the channel.</summary>
    public string Path => _sender.Path;

    /// <summary>How many events were dropped.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>The most bytes that the payload of an event may have.</summary>
    public int Largest { get; }

    /// <summary>Whether events carry the open scopes.</summary>
    public bool IncludesScopes => _options.IncludeScopes;

    /// <summary>Sends the event that was encoded, or drops and counts it.</summary>
    /// <param name="encoder">The event; null if none could be made that is small enough.</param>
    public void Send(LogEventEncoder? encoder)
    {
        if (encoder is null || !TrySend(new EncodedEvent(encoder)))
        {
            Interlocked.Increment(ref _dropped);
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
