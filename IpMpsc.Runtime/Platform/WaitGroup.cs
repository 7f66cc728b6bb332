namespace IpMpsc.Platform;

/// <summary>A thread's way to sleep on many wait words at once, and to be called from that sleep by other threads.</summary>
internal abstract class WaitGroup
{
    /// <summary>How many words it takes at most.</summary>
    public abstract int Capacity { get; }

    /// <summary>
    /// Sleeps while every word is what <paramref name="raised"/> says and nobody interrupts, at most for
    /// <paramref name="limit"/> on the monotonic clock. May return early for no reason. For one thread at a time.
    /// </summary>
    public abstract void Sleep(ReadOnlySpan<WaitWord> words, ReadOnlySpan<uint> raised, TimeSpan limit);

    /// <summary>
    /// Ends the sleep under way, or else the next one before it begins: an interruption is never lost.
    /// Safe to call from any thread at any time.
    /// </summary>
    public abstract void Interrupt();
}
