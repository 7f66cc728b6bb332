using System.Diagnostics;
using IpMpsc.Platform;

namespace IpMpsc.Waiting;

/// <summary>
/// How long a waiter polls before it sleeps. The adaptive budget learns from each wait: a wait that was shorter than a sleep
/// and its wake-up cost restores the full budget; a longer one halves it. On one processor every budget is empty, because polling would
/// keep the other side from running.
/// </summary>
internal struct SpinBudget
{
    /// <summary>
    /// Whether the machine has another processor, on which the awaited process can run in the meantime. Which processors this
    /// process may use says nothing about that: two processes pinned to a processor each poll well.
    /// </summary>
    public static readonly bool MayPoll = HostPlatform.Current.ProcessorCount > 1;

    // A sleep and the wake-up from it cost the two sides 5 to 50 microseconds together.
    private static readonly long s_most = MayPoll ? Stopwatch.Frequency / 20_000 : 0;
    private static readonly long s_least = s_most / 32;

    /// <summary>A waiter that never sleeps still looks for the dead about every millisecond.</summary>
    private static readonly long s_round = Stopwatch.Frequency / 1_000;

    private readonly bool _learns;
    private long _ticks;

    private SpinBudget(long ticks, bool learns, bool isEndless)
    {
        _ticks = MayPoll ? ticks : 0;
        _learns = learns;
        IsEndless = MayPoll && isEndless;
    }

    public static SpinBudget Adaptive => new(s_most, learns: true, isEndless: false);

    public static SpinBudget Endless => new(s_round, learns: false, isEndless: true);

    /// <summary>Whether the waiter never sleeps.</summary>
    public bool IsEndless { get; }

    public static SpinBudget Fixed(long ticks) => new(ticks, learns: false, isEndless: false);

    /// <summary>
    /// Whether a turn of polling that began at <paramref name="start"/> continues within the limit. On a borrowed
    /// thread it takes no
    /// longer than a sleep costs, and ends when the pool has other work for the thread.
    /// </summary>
    public readonly bool IsLeft(long start, in WaitLimit limit)
    {
        long polled = Stopwatch.GetTimestamp() - start;
        return polled < _ticks
            && (limit.IsOnBorrowedThread ? polled < s_most && ThreadPool.PendingWorkItemCount == 0 : !limit.HasPassed);
    }

    /// <summary>Learns from a wait of that many ticks, spinning and sleeping together.</summary>
    public void Learn(long waited)
    {
        if (_learns)
        {
            _ticks = waited <= s_most ? s_most : Math.Max(s_least, _ticks / 2);
        }
    }
}
