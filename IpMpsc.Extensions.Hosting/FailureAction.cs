namespace IpMpsc.Extensions.Hosting;

/// <summary>What happens to a message whose last attempt to be handled failed. It is never dropped.</summary>
public enum FailureAction
{
    /// <summary>
    /// The host stops, with the exception of the handler. The message stays in the channel and is the first one after
    /// the next start.
    /// </summary>
    StopHost,

    /// <summary>The message moves to the dead-letter channel, and the next message is handled.</summary>
    DeadLetter,
}
