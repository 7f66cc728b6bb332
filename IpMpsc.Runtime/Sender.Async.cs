using System.Threading.Channels;
using IpMpsc.Sending;

namespace IpMpsc;

/// <content>
/// Waiting without a thread: a wait holds no thread of the pool, and allocates nothing after the first.
/// </content>
public sealed partial class Sender<T>
{
    private readonly SendQueue<StoredMessage<T>> _queue;
    private SenderChannelWriter<T>? _writer;

    /// <summary>
    /// Sends a message, as soon as there is room for it. Sends that wait are sent in the order of their
    /// calls, and take one slot together.
    /// </summary>
    /// <param name="message">The message; it is copied now, and into the ring when there is room.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <inheritdoc cref="Send(in T, CancellationToken)" path="/exception" />
    public ValueTask SendAsync(T message, CancellationToken cancellationToken = default) =>
        _messages.SendAsync(in message, _queue, cancellationToken);

    /// <summary>
    /// This sender as a <see cref="ChannelWriter{T}"/>, for code that is written against that type. Completing
    /// the writer disposes the sender; an error passed to it is not sent to the other process.
    /// </summary>
    /// <returns>The same writer each time.</returns>
    public ChannelWriter<T> AsChannelWriter() =>
        _writer ?? Interlocked.CompareExchange(ref _writer, new SenderChannelWriter<T>(this), null) ?? _writer;

    /// <summary>Sends a message if there is room for it now, or if the sender drops it otherwise.</summary>
    internal bool TrySendOrDrop(in T message)
    {
        if (!_attachment.DropsNewest)
        {
            return TrySend(in message);
        }

        Send(in message);
        return true;
    }

    /// <summary>Waits until it is worth trying to send a message of that many payload bytes.</summary>
    internal ValueTask WaitForRoomAsync(int length, CancellationToken cancellationToken) =>
        _queue.WaitForRoomAsync(length, cancellationToken);
}
