namespace IpMpsc.Platform;

/// <summary>Lets a thread sleep on many wait words at once, and lets other threads interrupt that sleep.</summary>
internal abstract class WaitGroup
{
    /// <summary>The largest number of words.</summary>
    public abstract int Capacity { get; }

    /// <summary>
    /// Sleeps while every word has its value in <paramref name="raised"/> and nobody interrupts, but no longer than
    /// <paramref name="limit"/> on the monotonic clock. May return early without a reason. For one thread at a time.
    /// </summary>
    public abstract void Sleep(ReadOnlySpan<WaitWord> words, ReadOnlySpan<uint> raised, TimeSpan limit);

    /// <summary>
    /// Ends the current sleep, or the next one before it begins: an interruption is never lost. Any thread may call it
    /// at any time.
    /// </summary>
    public abstract void Interrupt();
}
