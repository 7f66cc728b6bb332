namespace IpMpsc.Platform;

/// <summary>
/// The pauses of a poller: 1, 2, 4, 8, 10, 10 ... milliseconds, and never beyond the limit. Each sleep starts again at
/// 1, so a busy channel is polled every millisecond. An idle one, polled eight times in 50 ms, uses no measurable
/// processor time.
/// </summary>
internal struct PollingPace(TimeSpan limit)
{
    private const int Longest = 10;

    private readonly long _end = limit < TimeSpan.FromDays(1)
        ? Environment.TickCount64 + (long)Math.Ceiling(limit.TotalMilliseconds)
        : long.MaxValue;

    private int _next = 1;

    /// <summary>The next pause in milliseconds; 0 if the limit has passed.</summary>
    public int Next()
    {
        int pause = (int)Math.Min(_next, Math.Max(0, _end - Environment.TickCount64));
        _next = Math.Min(2 * _next, Longest);
        return pause;
    }
}
