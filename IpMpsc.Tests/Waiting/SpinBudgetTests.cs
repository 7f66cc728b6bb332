using System.Diagnostics;
using IpMpsc.Waiting;

namespace IpMpsc.Tests.Waiting;

/// <summary>How long a wait polls: on a thread of its own, and on one that others may need.</summary>
[NonParallelizable] // The pool has no other work, or a test's own.
public sealed class SpinBudgetTests
{
    private static readonly WaitLimit s_own = WaitLimit.Forever(CancellationToken.None);
    private static readonly WaitLimit s_borrowed = WaitLimit.OnBorrowedThread(CancellationToken.None);

    private long _start;

    [SetUp]
    public void Begin()
    {
        Assume.That(SpinBudget.MayPoll, "On one processor nobody polls.");
        _start = Stopwatch.GetTimestamp() + Stopwatch.Frequency; // Ahead of us: however slow the test, the time is not over.
    }

    [Test]
    public void BothPollWhileThereIsTime()
    {
        foreach (SpinBudget budget in (SpinBudget[])[SpinBudget.Adaptive, SpinBudget.Endless, SpinBudget.Fixed(1)])
        {
            Assert.That(budget.IsLeft(_start, s_own));
            Assert.That(() => budget.IsLeft(_start, s_borrowed), Is.True.After(5_000, 1), "As soon as the pool is idle.");
        }
    }

    [Test]
    public void ABorrowedThreadIsLetGoAfterTheTimeOfASleep()
    {
        long anHour = 3_600 * Stopwatch.Frequency;
        long oneMillisecondAgo = Stopwatch.GetTimestamp() - (Stopwatch.Frequency / 1_000);

        Assert.That(SpinBudget.Fixed(anHour).IsLeft(oneMillisecondAgo, s_own));
        Assert.That(SpinBudget.Fixed(anHour).IsLeft(oneMillisecondAgo, s_borrowed), Is.False);
        Assert.That(SpinBudget.Endless.IsLeft(oneMillisecondAgo, s_borrowed), Is.False);
    }

    [Test]
    public void ABorrowedThreadIsLetGoWhenThePoolHasWorkForIt()
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
            Assert.That(SpinBudget.Adaptive.IsLeft(_start, s_borrowed), Is.False, "The pool grows by a few threads in a second.");
            Assert.That(SpinBudget.Adaptive.IsLeft(_start, s_own));
        }
        finally
        {
            done.Set();
            left.Wait();
        }
    }
}
