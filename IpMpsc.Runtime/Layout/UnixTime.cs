namespace IpMpsc.Layout;

/// <summary>Reads times that another process wrote: a value beyond the calendar must not throw at a display.</summary>
internal static class UnixTime
{
    private static readonly long s_most = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset ToDate(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, s_most));
}
