namespace IpMpsc.Platform;

/// <summary>
/// The pauses of whoever has to poll: 1, 2, 4, 8, 10, 10 ... milliseconds, and never beyond the limit.
/// Each sleep begins anew, so a busy channel is looked at every millisecond, and an idle one, at eight
/// looks in 50 ms, uses no processor that could be measured.
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
