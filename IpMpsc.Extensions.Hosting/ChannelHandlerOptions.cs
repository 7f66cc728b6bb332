namespace IpMpsc.Extensions.Hosting;

/// <summary>How a hosted receiver calls its handler, and what it does about a handler that throws.</summary>
public sealed class ChannelHandlerOptions
{
    /// <summary>
    /// How many calls of the handler may run at once; 1 by default. With 1, messages are handled in the order of the
    /// channel. With more, only messages of one key keep their order, and only if the receiver has a key.
    /// </summary>
    public int Parallelism { get; set; } = 1;

    /// <summary>
    /// The largest number of messages that are held at once, in handlers or waiting for one. After a kill of the
    /// process, at most these are received twice. By default, as many as the handlers can have.
    /// </summary>
    public int? MaxHeld { get; set; }

    /// <summary>The most messages in one batch, for a handler of batches; 100 by default.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>
    /// Whether a stop of the host handles what was sent before it; true by default. The time for that is the host's
    /// <c>ShutdownTimeout</c>. Messages that are left stay in the channel for the next start.
    /// </summary>
    public bool DrainAtShutdown { get; set; } = true;

    /// <summary>How often the handler is called for one message before <see cref="OnFailure"/> decides; 5 by default.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>The time before the second attempt; 100 ms by default. It doubles with each further attempt.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two attempts; 10 s by default.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What happens to a message whose last attempt failed; the host stops by default.</summary>
    public FailureAction OnFailure { get; set; }

    /// <summary>
    /// Name or path of the channel for messages that could not be handled. It has the schema of the channel that they
    /// come from, so the same handler, or the tool, can receive them from there. By default the channel's
    /// name with <c>.dead</c> behind it.
    /// </summary>
    public string? DeadLetterPath { get; set; }

    /// <summary>
    /// Whether the receiver resumes behind a record that another program destroyed; otherwise the host stops. False by
    /// default, because nobody can say what was lost.
    /// </summary>
    public bool SkipCorrupt { get; set; }
}
