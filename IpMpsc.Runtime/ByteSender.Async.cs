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
    /// <param name="message">The payload; it must stay as it is until the send has ended.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Sender{T}.Send(in T, CancellationToken)" path="/exception" />
    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        try
        {
            return !cancellationToken.IsCancellationRequested && !_queue.IsActive && TrySend(message.Span)
                ? default
                : _queue.SendAsync(new StoredPayload(message), cancellationToken);
        }
        catch (Exception failure)
        {
            return SendFault.Task(failure);
        }
    }
}
