using IpMpsc.Sending;

namespace IpMpsc;

/// <content>
/// Waiting without a thread: a wait holds no thread of the pool, and allocates nothing after the first.
/// </content>
public sealed partial class ByteSender
{
    private readonly SendQueue<StoredPayload> _queue;

    /// <summary>
    /// Sends a message, as soon as there is room for it. Sends that wait are sent in the order of their
    /// calls, and take one slot together.
    /// </summary>
    /// <param name="message">The payload; it must not change until the send has ended.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        _messages.SendAsync(0, message, _queue, cancellationToken);

    /// <summary>Sends a message with an id, as soon as there is room for it.</summary>
    /// <param name="messageId">Tells the receiver what the message is.</param>
    /// <param name="message">The payload; it must not change until the send has ended.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public ValueTask SendAsync(ushort messageId, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        _messages.SendAsync(messageId, message, _queue, cancellationToken);
}
