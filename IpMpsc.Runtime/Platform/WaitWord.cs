namespace IpMpsc.Platform;

/// <summary>
/// A word of the segment on which threads of any process sleep. It is odd while a thread sleeps or is about to, and
/// each wake-up changes it. The protocol raises and lowers it; this type is the operating system's part only.
/// </summary>
internal abstract unsafe class WaitWord(uint* word) : IDisposable
{
    /// <summary>Where the word lies in this process.</summary>
    public uint* Address { get; } = word;

    /// <summary>
    /// Sleeps while the word is <paramref name="raised"/>, but no longer than <paramref name="limit"/> on the monotonic
    /// clock. May return early without a reason: the caller checks its condition again.
    /// </summary>
    public abstract void Sleep(uint raised, TimeSpan limit);

    /// <summary>Wakes every thread that sleeps on the word. Never fails, because the caller has already committed.</summary>
    public abstract void Wake();

    public abstract void Dispose();
}
