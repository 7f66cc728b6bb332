using System.Diagnostics;

namespace IpMpsc.Platform;

/// <summary>
/// Names the steps of the protocol as the models in spec/ name them, and lets a test kill or pause its process right
/// before one. <c>IPMPSC_CRASH_POINT=claim.cas-tail:kill:3</c> kills the process before it moves a tail for the third
/// time; <c>:stop:</c> pauses it. Exists in debug builds only.
/// </summary>
internal static class CrashPoint
{
    private static readonly string[] s_order = (Environment.GetEnvironmentVariable("IPMPSC_CRASH_POINT") ?? "").Split(':');
    private static readonly string s_step = s_order[0];
    private static int s_left = s_order.Length > 2 ? int.Parse(s_order[2]) : 1;

    [Conditional("DEBUG")]
    public static void Before(string step)
    {
        if (s_step.Length != 0 && step == s_step && Interlocked.Decrement(ref s_left) == 0)
        {
            HostPlatform.Current.InterruptOwnProcess(kill: s_order[1] == "kill");
        }
    }
}
