using IpMpsc.Platform;

namespace IpMpsc.Waiting;

/// <summary>
/// How a thread goes to sleep without missing a wake-up: it announces its sleep, orders the announcement before its next
/// loads, looks once more, and only then sleeps. Blocking calls and <see cref="WaitLoop"/> go through here. The steps are those of
/// spec/wakeup.pml.
/// </summary>
internal static class SleepHandshake
{
    /// <summary>Sleeps once, unless the last look finds a reason not to.</summary>
    /// <param name="sleeper">The thread that sleeps, and its waits.</param>
    /// <param name="slice">How long it may sleep before it must look around, although nobody has woken it.</param>
    /// <param name="limit">How much time the call has left.</param>
    /// <returns>True if it has slept.</returns>
    public static bool Sleep<TSleeper>(ref TSleeper sleeper, TimeSpan slice, TimeSpan limit)
        where TSleeper : ISleeper, allows ref struct
    {
        sleeper.Announce();
        TimeSpan ordered = Signal.OrderAnnouncements();
        CrashPoint.Before("wait.recheck");
        bool sleeps = !sleeper.LookAgain();
        if (sleeps)
        {
            CrashPoint.Before("wait.sleep");
            sleeper.Sleep(Least(slice, ordered, limit));
        }

        sleeper.Withdraw();
        return sleeps;
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b, TimeSpan c)
    {
        TimeSpan least = a < b ? a : b;
        return least < c ? least : c;
    }
}
