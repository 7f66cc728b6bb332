using System.Diagnostics;

namespace IpMpsc.Tool.Output;

/// <summary>Says now and then that it is time to show something: often enough for the eye, seldom enough for the work.</summary>
internal sealed class Pace
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private long _last = Stopwatch.GetTimestamp();

    public bool IsDue()
    {
        if (Stopwatch.GetElapsedTime(_last) < s_interval)
        {
            return false;
        }

        _last = Stopwatch.GetTimestamp();
        return true;
    }
}
