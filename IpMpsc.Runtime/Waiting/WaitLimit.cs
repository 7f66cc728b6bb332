using System.Diagnostics;

namespace IpMpsc.Waiting;

/// <summary>
/// How long a call may wait: until a deadline on the monotonic clock, until it is cancelled, or, on a borrowed thread, only
/// for a few polls.
/// </summary>
internal readonly struct WaitLimit
{
    private readonly long _deadline;

    private WaitLimit(long deadline, CancellationToken cancellation, bool isOnBorrowedThread = false)
    {
        _deadline = deadline;
        Cancellation = cancellation;
        IsOnBorrowedThread = isOnBorrowedThread;
    }

    public CancellationToken Cancellation { get; }

    /// <summary>Whether the wait continues without its thread if a few polls find nothing.</summary>
    public bool IsOnBorrowedThread { get; }

    /// <summary>Whether the call may not wait at all: it looks once.</summary>
    public bool IsNow => _deadline == 0 && !IsOnBorrowedThread;

    /// <summary>Whether the call waits as long as it takes.</summary>
    public bool IsForever => _deadline == long.MaxValue;

    /// <summary>The time that is left, never negative.</summary>
    public TimeSpan Remaining => _deadline == long.MaxValue
        ? TimeSpan.MaxValue
        : TimeSpan.FromTicks(Math.Max(0, Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _deadline).Ticks));

    public bool HasPassed => _deadline != long.MaxValue && Stopwatch.GetTimestamp() >= _deadline;

    /// <summary>Waits as long as it takes.</summary>
    public static WaitLimit Forever(CancellationToken cancellation) => new(long.MaxValue, cancellation);

    /// <summary>
    /// For the beginning of an asynchronous wait, which only polls. The time of this limit has passed, so that nothing sleeps on
    /// the thread.
    /// </summary>
    public static WaitLimit OnBorrowedThread(CancellationToken cancellation) =>
        new(0, cancellation, isOnBorrowedThread: true);

    /// <summary>Waits for a time from now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative time other than <see cref="Timeout.InfiniteTimeSpan"/>.</exception>
    public static WaitLimit For(TimeSpan timeout, CancellationToken cancellation)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return Forever(cancellation);
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        if (timeout == TimeSpan.Zero)
        {
            return new(0, cancellation);
        }

        double ticks = timeout.TotalSeconds * Stopwatch.Frequency;
        long now = Stopwatch.GetTimestamp();
        return new(ticks < long.MaxValue - now ? now + (long)ticks : long.MaxValue, cancellation);
    }
}
