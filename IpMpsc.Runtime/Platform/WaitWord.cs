namespace IpMpsc.Platform;

/// <summary>
/// A word of the segment on which threads of any process sleep: odd while somebody sleeps or is about to,
/// and another with each wake-up. Raising and lowering it is the protocol's business; this is only the
/// operating system's part.
/// </summary>
internal abstract unsafe class WaitWord(uint* word) : IDisposable
{
    /// <summary>Where the word lies in this process.</summary>
    public uint* Address { get; } = word;

    /// <summary>
    /// Sleeps while the word is <paramref name="raised"/>, at most for <paramref name="limit"/> on the monotonic clock.
    /// May return early for no reason: the caller checks its condition again.
    /// </summary>
    public abstract void Sleep(uint raised, TimeSpan limit);

    /// <summary>Wakes all who sleep on the word. Never fails: what was committed stays committed.</summary>
    public abstract void Wake();

    public abstract void Dispose();
}
