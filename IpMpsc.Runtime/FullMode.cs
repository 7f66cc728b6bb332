namespace IpMpsc;

/// <summary>What happens to messages when senders are faster than the receiver: see <see cref="IpcChannelOptions.FullMode"/>.</summary>
/// <remarks>
/// Each participant has its own mode. A sender can only decide about the message that it sends. Only the receiver can free the room of
/// messages that were sent, so <see cref="DropOldest"/> and <see cref="LatestOnly"/> are up to the receiver: senders of the same channel should have the
/// same mode, to say what they expect, and wait for the receiver. A message is never dropped by a participant whose mode does not say so.
/// </remarks>
public enum FullMode
{
    /// <summary>Nothing is dropped. A sender that finds no room waits. The receiver receives every message. This is the default.</summary>
    Wait,

    /// <summary>
    /// A sender that finds no room drops the message that it was told to send, and does not wait. The receiver receives every message that was sent.
    /// </summary>
    DropNewest,

    /// <summary>
    /// If more than seven eighths of the ring are used when the receiver looks for a message, it steps over the oldest messages until at most three
    /// quarters are used. Senders wait for the receiver if it does not look.
    /// </summary>
    DropOldest,

    /// <summary>
    /// The receiver steps over each message for which it already sees a newer one of the same type, or of the same key if it was told the key. Senders wait for
    /// the receiver if it does not look.
    /// </summary>
    LatestOnly,
}
