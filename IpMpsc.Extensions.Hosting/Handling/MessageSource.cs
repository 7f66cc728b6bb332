namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>A receiver of any kind, as the dispatcher uses it: it holds messages and releases them later, in any order.</summary>
/// <typeparam name="TMessage">What the handler takes.</typeparam>
internal abstract class MessageSource<TMessage> : IDisposable
{
    /// <summary>Full path of the channel.</summary>
    public abstract string Path { get; }

    /// <summary>Waits for a message that is not held yet.</summary>
    /// <returns>False if nothing more will come.</returns>
    public abstract ValueTask<bool> WaitAsync(CancellationToken cancellationToken);

    /// <summary>Holds the next message, if there is one now.</summary>
    public abstract IHeld<TMessage>? TryHold();

    /// <summary>Resumes behind a corrupt record.</summary>
    /// <returns>The bytes stepped over.</returns>
    public abstract long SkipCorrupt();

    /// <summary>
    /// Gives up every held message, so that the receiver can leave. They stay in the channel for the next one. Nobody
    /// may read them any more.
    /// </summary>
    public abstract void PutBack();

    /// <summary>Leaves the channel: now, or when the last held message is released.</summary>
    public abstract void Dispose();
}
