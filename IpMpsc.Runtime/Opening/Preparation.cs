using IpMpsc.Telemetry;

namespace IpMpsc.Opening;

/// <summary>What the first channel of a process needs besides the channel, made meanwhile.</summary>
internal static class Preparation
{
    private const int StackSize = 256 * 1024;

    private static int s_begun;

    /// <summary>
    /// Begins to make the instruments of the meter, which takes .NET several milliseconds, in a thread of its own. A call that needs them waits for it, as for
    /// every static constructor; so nobody sees that they were made elsewhere.
    /// </summary>
    public static void Begin()
    {
        if (Volatile.Read(ref s_begun) != 0 || Interlocked.Exchange(ref s_begun, 1) != 0)
        {
            return;
        }

        try
        {
            new Thread(static () => GC.KeepAlive(ChannelMeter.Instruments), StackSize) { IsBackground = true, Name = "IpMpsc instruments" }.Start();
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            // No further thread is allowed: the first call that needs the instruments makes them.
        }
    }
}
