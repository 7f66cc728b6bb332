using System.Diagnostics;
using System.Globalization;
using Exploring.Engine;
using Real = System.Threading;

#pragma warning disable IDE0130 // The library's own namespace: its code finds these types before those of the framework.
namespace IpMpsc;

/// <summary>Replaces the framework's class with virtual threads.</summary>
internal sealed class Thread(Action body)
{
    public bool IsBackground { get; set; }

    public string? Name { get; set; }

    public static Thread CurrentThread { get; } = new(static () => { });

    public void UnsafeStart() => Exploring.Engine.Program.StartThread(Name ?? "thread", body, IsBackground);

    public void Interrupt() => throw new NotSupportedException("No explored program interrupts a thread.");

    /// <summary>A poller's pause is not a step, because nothing depends on it.</summary>
    public static void SpinWait(int iterations)
    {
    }

    public static void Sleep(int milliseconds) => Hook.Pause(TimeSpan.FromMilliseconds(milliseconds));

    public static void Sleep(TimeSpan time) => Hook.Pause(time);
}

/// <summary>A timer that never fires: programs that explore the release of idle producers call its callback themselves.</summary>
internal sealed class Timer(Real.TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) : IDisposable
{
    public void Elapse() => callback(state);

    public TimeSpan DueTime => dueTime;

    public TimeSpan Period => period;

    public void Dispose()
    {
    }
}

internal sealed class SemaphoreSlim(int count)
{
    public const string StepName = "semaphore";

    private int _count = count;

    public int CurrentCount => Volatile.Read(ref _count);

    public void Release() => Interlocked.Increment(ref _count);

    public void Release(int count) => Interlocked.Add(ref _count, count);

    public bool Wait(TimeSpan limit, Real.CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        bool taken = Hook.Await(() => _count > 0 || cancellation.IsCancellationRequested, limit, StepName);
        cancellation.ThrowIfCancellationRequested();
        if (taken)
        {
            _count--;
        }

        return taken;
    }
}

/// <summary>Virtual time.</summary>
internal static class Stopwatch
{
    public const long Frequency = 1_000_000_000;

    public static long GetTimestamp() => Environment.TickCount64 * 1_000_000;

    public static TimeSpan GetElapsedTime(long start) => GetElapsedTime(start, GetTimestamp());

    public static TimeSpan GetElapsedTime(long start, long end) => TimeSpan.FromTicks((end - start) / 100);
}

/// <summary>Virtual time, and processes.</summary>
internal static class Environment
{
    public static long TickCount64 => Run.Current?.Scheduler.Now ?? 1_000;

    public static int ProcessId => 1_000 + Exploring.Engine.Program.CurrentProcess.Index;

    public static int CurrentManagedThreadId => global::System.Environment.CurrentManagedThreadId;

    public static bool Is64BitProcess => global::System.Environment.Is64BitProcess;

    public static string? ProcessPath => global::System.Environment.ProcessPath;

    public static string? GetEnvironmentVariable(string name) => global::System.Environment.GetEnvironmentVariable(name);
}

/// <summary>Failed assertions fail the run, not the process.</summary>
internal static class Debug
{
    public static void Assert(bool condition, string message)
    {
        if (!condition)
        {
            throw new ExplorationFailure($"An assertion failed: {message}");
        }
    }
}

/// <summary>Disposing a registration waits for a running callback, which ends only when its thread gets its turn.</summary>
internal readonly struct CancellationTokenRegistration(Real.CancellationTokenRegistration registration) : IDisposable
{
    public static implicit operator CancellationTokenRegistration(Real.CancellationTokenRegistration registration) => new(registration);

    public bool Unregister() => registration.Unregister();

    public void Dispose()
    {
        if (!registration.Unregister() && VirtualThread.Current is { } thread && Exploring.Engine.Program.Cancelling is { } cancelling && cancelling != thread)
        {
            Hook.Await(static () => Exploring.Engine.Program.Cancelling is null, Real.Timeout.InfiniteTimeSpan, "end of the callback");
        }
    }
}

/// <summary>Garbage collections stay out of runs, because buffered stores hold addresses.</summary>
internal static class GC
{
    public static void Collect()
    {
    }

    public static void WaitForPendingFinalizers()
    {
    }

    public static void KeepAlive(object? kept) => global::System.GC.KeepAlive(kept);

    public static void SuppressFinalize(object kept) => global::System.GC.SuppressFinalize(kept);

    public static T[] AllocateArray<T>(int length, bool pinned) => global::System.GC.AllocateArray<T>(length, pinned);
}
