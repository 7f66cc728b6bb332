using IpMpsc.Sending;

namespace IpMpsc;

/// <content>
/// Waiting without a thread: a wait holds no thread of the pool, and allocates nothing after the first.
/// </content>
public sealed partial class ExclusiveSender<T>
{
    private readonly SendQueue<StoredMessage<T>> _queue;

    /// <summary>
    /// Sends a message, as soon as there is room for it. While the call is under way the sender is in
    /// use: await it before the next one.
    /// </summary>
    /// <param name="message">The message; it is copied now, and into the ring when there is room.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="InvalidOperationException">The previous send or claim has not ended.</exception>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public ValueTask SendAsync(T message, CancellationToken cancellationToken = default) =>
        _messages.SendAsync(in message, _queue, cancellationToken);
}
