namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Lets a thread wait for awaiters without allocating anything for each.</summary>
internal sealed class Completion
{
    private readonly ManualResetEventSlim _completed = new();
    private readonly Action _complete;

    public Completion() => _complete = _completed.Set;

    /// <summary>What is to be called when the awaited operation has ended.</summary>
    public Action Continuation => _complete;

    /// <summary>Waits until <see cref="Continuation"/> was called.</summary>
    public void Wait()
    {
        _completed.Wait();
        _completed.Reset();
    }
}
