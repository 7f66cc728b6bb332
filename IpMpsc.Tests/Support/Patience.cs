namespace IpMpsc.Tests.Support;

/// <summary>The time limits for everything that must end by itself.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>For a whole program: some send thousands of messages while processes are killed and started.</summary>
    public static readonly TimeSpan LimitOfProgram = 3 * Limit;

    /// <summary>Waits for a call that was made on another thread; its exception, if any, is thrown here.</summary>
    public static T Finish<T>(this Task<T> task, string what)
    {
        ((Task)task).Finish(what);
        return task.Result;
    }

    /// <inheritdoc cref="Finish{T}(Task{T}, string)" />
    public static void Finish(this Task task, string what)
    {
        if (Task.WaitAny([task], Limit) < 0)
        {
            Assert.Fail($"{what} has not ended after {Limit.TotalSeconds} s.");
        }

        task.GetAwaiter().GetResult();
    }

    /// <summary>Polls until a condition is true.</summary>
    public static void Until(Func<bool> condition, string what)
    {
        if (!SpinWait.SpinUntil(condition, Limit))
        {
            Assert.Fail($"After {Limit.TotalSeconds} s this is still not true: {what}.");
        }
    }
}
