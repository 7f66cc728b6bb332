namespace IpMpsc.Platform;

/// <summary>
/// Watches any number of words for one thread. A word is handed over once and watched until it is woken, whether the
/// thread sleeps meanwhile or not, so a sleep and a wake-up cost the same for one word and for ten thousand.
/// </summary>
/// <remarks>A member that is not documented otherwise belongs to the thread that opened the watch.</remarks>
internal abstract class WordWatch : IDisposable
{
    /// <summary>Whether the calling thread opened the watch. Any thread may ask.</summary>
    public abstract bool IsOfThisThread { get; }

    /// <summary>
    /// Begins to watch a word. It fires once: when it is woken, or at once if its value is not <paramref name="raised"/>
    /// any more. The word may be unmapped while it is watched. Code that unmaps it wakes it first.
    /// </summary>
    /// <param name="word">The word.</param>
    /// <param name="raised">The value that it had when its sleeper was announced.</param>
    /// <param name="id">What tells the word from the others; not 0.</param>
    public abstract void Watch(WaitWord word, uint raised, ulong id);

    /// <summary>Takes the id of a word that has fired, without sleeping.</summary>
    public abstract bool TryTakeFired(out ulong id);

    /// <summary>
    /// Sleeps until a word has fired or somebody interrupts, but no longer than the limit. May return early without a
    /// reason.
    /// </summary>
    public abstract void Sleep(TimeSpan limit);

    /// <summary>
    /// Ends the current sleep, or the next one before it begins: an interruption is never lost. Any thread may call it
    /// until <see cref="Dispose"/>.
    /// </summary>
    public abstract void Interrupt();

    /// <summary>Ends the watch. Any thread may call it when no other call is under way.</summary>
    public abstract void Dispose();
}
