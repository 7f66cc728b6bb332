using System.Diagnostics;
using IpMpsc.Waiting;

namespace IpMpsc.Tests.Waiting;

/// <summary>How long a wait polls, on a dedicated thread and on one of the thread pool.</summary>
[NonParallelizable] // The thread pool must have no other work than that of the test.
public sealed class SpinBudgetTests
{
    private static readonly WaitLimit s_own = WaitLimit.Forever(CancellationToken.None);
    private static readonly WaitLimit s_borrowed = WaitLimit.OnBorrowedThread(CancellationToken.None);

    private long _start;

    [SetUp]
    public void Begin()
    {
        Assume.That(SpinBudget.MayPoll, "With one processor, waits do not poll.");
        _start = Stopwatch.GetTimestamp() + Stopwatch.Frequency; // In the future, so that the time is not over however slow the test is.
    }

    [Test]
    public void BothPollWhileThereIsTime()
    {
        foreach (SpinBudget budget in (SpinBudget[])[SpinBudget.Adaptive, SpinBudget.Endless, SpinBudget.Fixed(1)])
        {
            Assert.That(budget.IsLeft(_start, s_own));
            Assert.That(() => budget.IsLeft(_start, s_borrowed), Is.True.After(5_000, 1), "The wait polls as soon as the pool is idle.");
        }
    }

    [Test]
    public void APoolThreadStopsPollingAfterTheTimeOfASleep()
    {
        long anHour = 3_600 * Stopwatch.Frequency;
        long oneMillisecondAgo = Stopwatch.GetTimestamp() - (Stopwatch.Frequency / 1_000);

        Assert.That(SpinBudget.Fixed(anHour).IsLeft(oneMillisecondAgo, s_own));
        Assert.That(SpinBudget.Fixed(anHour).IsLeft(oneMillisecondAgo, s_borrowed), Is.False);
        Assert.That(SpinBudget.Endless.IsLeft(oneMillisecondAgo, s_borrowed), Is.False);
    }

    [Test]
    public void APoolThreadStopsPollingWhenThePoolHasWork()
    {
        using ManualResetEventSlim done = new();
        using CountdownEvent left = new(256);
        for (int item = 0; item < left.InitialCount; item++)
        {
            ThreadPool.QueueUserWorkItem(
                _ =>
                {
                    done.Wait();
                    left.Signal();
                });
        }

        try
        {
            Assert.That(SpinBudget.Adaptive.IsLeft(_start, s_borrowed), Is.False, "The pool has work, and grows by only a few threads in a second.");
            Assert.That(SpinBudget.Adaptive.IsLeft(_start, s_own));
        }
        finally
        {
            done.Set();
            left.Wait();
        }
    }
}
