namespace IpMpsc.Tests.Crashes;

/// <summary>Tells a peer to kill or pause itself right before a step.</summary>
internal static class CrashOrder
{
    /// <summary>The process kills itself before the n-th time that it performs a step.</summary>
    public static Dictionary<string, string> Kill(string step, int occurrence = 1) => Order(step, "kill", occurrence);

    /// <summary>The process pauses itself there.</summary>
    public static Dictionary<string, string> Stop(string step, int occurrence = 1) => Order(step, "stop", occurrence);

    private static Dictionary<string, string> Order(string step, string how, int occurrence)
    {
#if !DEBUG
        Assert.Ignore("Crash points are compiled into debug builds only.");
#endif
        return new() { ["IPMPSC_CRASH_POINT"] = $"{step}:{how}:{occurrence}" };
    }
}
