using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IpMpsc.Benchmarks.Workloads.Pacing;

/// <summary>Moments at equal intervals, and how a sender awaits them.</summary>
/// <param name="Rate">How many there are in a second.</param>
/// <param name="Sleeps">
/// Whether the sender sleeps until the next one, so that no process polls; otherwise it polls the clock and is
/// punctual.
/// </param>
internal readonly partial record struct Pace(int Rate, bool Sleeps)
{
    private const int CLOCK_MONOTONIC = 1;

    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>The moment of a message, counted from a start.</summary>
    public long DueOf(long number, long start) => start + (long)(number * (double)Stopwatch.Frequency / Rate);

    public void Await(long due)
    {
        if (!Sleeps)
        {
            while (Now < due)
            {
            }
        }
        else if (OperatingSystem.IsLinux())
        {
            SleepUntil(due);
        }
        else
        {
            Thread.Sleep(Stopwatch.GetElapsedTime(Now, Math.Max(Now, due)));
        }
    }

    /// <summary>
    /// .NET sleeps for whole milliseconds. Its clock is the monotonic one of the kernel, in nanoseconds.
    /// </summary>
    private static unsafe void SleepUntil(long due)
    {
        (long Seconds, long Nanoseconds) time = Math.DivRem(due, Stopwatch.Frequency);
        long* moment = stackalloc long[] { time.Seconds, time.Nanoseconds };
        SleepUntil(CLOCK_MONOTONIC, absolute: 1, moment, null);
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static unsafe partial int SleepUntil(int clock, int absolute, long* moment, void* rest);
}
