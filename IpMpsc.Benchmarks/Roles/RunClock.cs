using System.Diagnostics;

namespace IpMpsc.Benchmarks.Roles;

/// <summary>Time and managed allocations of the part of a run that counts.</summary>
internal readonly struct RunClock
{
    private readonly long _allocated;
    private readonly long _start;

    private RunClock(long allocated, long start)
    {
        _allocated = allocated;
        _start = start;
    }

    public static RunClock Start() => new(GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());

    /// <summary>The outcome in nanoseconds for each of the messages.</summary>
    public Outcome Stop(long messages)
    {
        double nanoseconds = Stopwatch.GetElapsedTime(_start).TotalNanoseconds;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - _allocated; // Read before the outcome is allocated, which would count, too.
        return new Outcome { Value = nanoseconds / messages, Messages = messages, Allocated = allocated };
    }
}
