using IpMpsc.Platform;

namespace IpMpsc.Waiting;

/// <summary>Watches the words of any number of signals for one thread. See <see cref="WordWatch"/>.</summary>
internal sealed class SignalWatch(WordWatch words) : IDisposable
{
    /// <summary>Whether the calling thread opened the watch. Any thread may ask.</summary>
    public bool IsOfThisThread => words.IsOfThisThread;

    /// <summary>Opens a watch for the calling thread; null if the system has none.</summary>
    public static SignalWatch? TryOpen() => HostPlatform.Current.TryOpenWordWatch() is { } words ? new SignalWatch(words) : null;

    /// <summary>Instead of a sleep on one signal: begins to watch it. What wakes a sleeper makes it fire.</summary>
    /// <param name="signal">The signal, whose <see cref="Signal.IsWatched"/> is set.</param>
    /// <param name="raised">What <see cref="Signal.Announce"/> returned.</param>
    /// <param name="id">What tells the signal from the others; not 0.</param>
    public void Watch(Signal signal, uint raised, ulong id)
    {
        CrashPoint.Before("wait.sleep");
        words.Watch(signal.Word, raised, id);
    }

    /// <summary>Takes the id of a signal that has fired, without sleeping.</summary>
    public bool TryTakeFired(out ulong id) => words.TryTakeFired(out id);

    /// <summary>Sleeps until a signal has fired or somebody interrupts, but no longer than the limit.</summary>
    public void Sleep(TimeSpan limit) => words.Sleep(limit);

    /// <summary>Ends the current sleep, or the next one. Any thread may call it.</summary>
    public void Interrupt() => words.Interrupt();

    public void Dispose() => words.Dispose();
}
