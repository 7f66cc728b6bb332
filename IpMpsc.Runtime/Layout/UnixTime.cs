namespace IpMpsc.Layout;

/// <summary>Reads times that another process wrote. A value beyond the calendar must not make a display throw.</summary>
internal static class UnixTime
{
    private static readonly long s_most = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static DateTimeOffset ToDate(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, s_most));
}
