namespace IpMpsc.Waiting;

/// <summary>
/// The threads that serve asynchronous waits. There is none before the first such wait, and then one for up to 127 waits at a
/// time. They are background threads and never end; without waits they sleep until one joins.
/// </summary>
internal static class WaiterThreads
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);
    private static readonly Lock s_gate = new();
    private static WaitLoop[] s_loops = [];

    /// <summary>A loop with a place reserved for the caller: the loop that it had last, if that has room.</summary>
    public static WaitLoop TakePlace(WaitLoop? preferred)
    {
        if (preferred is not null && preferred.TryTakePlace())
        {
            return preferred;
        }

        return TryTakePlace() ?? Start();
    }

    private static WaitLoop? TryTakePlace()
    {
        foreach (WaitLoop loop in Volatile.Read(ref s_loops))
        {
            if (loop.TryTakePlace())
            {
                return loop;
            }
        }

        return null;
    }

    private static WaitLoop Start()
    {
        lock (s_gate)
        {
            // Another thread may have started one in the meantime.
            if (TryTakePlace() is { } found)
            {
                return found;
            }

            WaitLoop loop = new();
            loop.TryTakePlace();
            new Thread(() => Run(loop)) { IsBackground = true, Name = "IpMpsc waiter" }.UnsafeStart();
            Volatile.Write(ref s_loops, [.. s_loops, loop]);
            return loop;
        }
    }

    private static void Run(WaitLoop loop)
    {
        while (true)
        {
            try
            {
                loop.RunOnce(TimeSpan.MaxValue);
            }
            catch (Exception)
            {
                // An exception from the condition of one wait ends that wait. This is a failure of the loop itself, such as of a system
                // call. It must not end the process, which has other waits here, so the loop tries again.
                Thread.Sleep(s_pause);
            }
        }
    }
}
