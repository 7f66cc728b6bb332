namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>The two moments of a graceful stop: it is requested, and later its time is over.</summary>
/// <param name="drains">Whether work goes on between the two.</param>
internal sealed class StopSignal(bool drains) : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly CancellationTokenSource _timeIsOver = new();

    /// <summary>Is cancelled when the host begins to stop.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Is cancelled when the time for the stop is over; handlers get this one.</summary>
    public CancellationToken TimeIsOver => _timeIsOver.Token;

    /// <summary>Is cancelled when no further attempt and no further message is to be begun.</summary>
    public CancellationToken NoMoreWork => drains ? TimeIsOver : Requested;

    /// <summary>The tail of the channel when the stop was requested: what lies before it is to be handled.</summary>
    public long Tail { get; private set; }

    public void Request(long tail)
    {
        Tail = tail;
        _requested.Cancel();
    }

    public void End()
    {
        _requested.Cancel();
        _timeIsOver.Cancel();
    }

    public void Dispose()
    {
        _requested.Dispose();
        _timeIsOver.Dispose();
    }
}
