using IpMpsc.Platform;
using IpMpsc.Telemetry;

namespace IpMpsc.Opening;

/// <summary>What the system lacks, told once to those who listen.</summary>
internal static class Shortcomings
{
    private static int s_told;

    /// <summary>Writes an event for each of them, once in this process, at the first channel that is opened while somebody listens.</summary>
    public static void Tell()
    {
        if (Volatile.Read(ref s_told) == 0 && ChannelEventSource.Log.IsEnabled() && Interlocked.Exchange(ref s_told, 1) == 0)
        {
            foreach (string shortcoming in HostPlatform.Current.Describe().Shortcomings)
            {
                ChannelEventSource.Log.FellBack(shortcoming);
            }
        }
    }
}
