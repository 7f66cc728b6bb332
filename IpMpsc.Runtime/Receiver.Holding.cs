using System.Runtime.CompilerServices;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <content>Holding: messages stay in the ring, and usable on any thread, until they are released one by one.</content>
public sealed partial class Receiver<T>
{
    /// <summary>
    /// The position behind the message that was received last, in bytes since the channel was created: every message before it was
    /// received, and is held or released. For the thread that receives.
    /// </summary>
    public long NextPosition => _consumer.Cursor;

    /// <summary>The number of messages that are held and not released yet. Safe to call from any thread.</summary>
    public int HeldMessages => _consumer.HeldCount;

    /// <summary>
    /// Receives the next message and holds it: it stays in the ring, and the receiver can receive the following messages. Waits until
    /// there is a message.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The message. Dispose it when you have finished with it, on any thread.</returns>
    /// <inheritdoc cref="Receive" path="/exception[not(@cref='T:System.OutOfMemoryException' or @cref='T:IpMpsc.MessageFormatException')]" />
    public HeldMessage<T> Hold(CancellationToken cancellationToken = default)
    {
        _payloads.Take(cancellationToken);
        return new HeldMessage<T>(_consumer);
    }

    /// <summary>Receives the next message and holds it, if there is one now.</summary>
    /// <param name="message">The message. Dispose it when you have finished with it, on any thread.</param>
    /// <returns>False if there is no message.</returns>
    /// <inheritdoc cref="TryReceiveInPlace(out ReceivedMessage{T})" path="/exception" />
    public bool TryHold(out HeldMessage<T> message)
    {
        bool received = _payloads.TryTake();
        message = received ? new HeldMessage<T>(_consumer) : default;
        return received;
    }

    /// <summary>Receives the next message and holds it, if one comes within a timeout.</summary>
    /// <param name="message">The message. Dispose it when you have finished with it, on any thread.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the timeout passed first.</returns>
    /// <inheritdoc cref="Hold" path="/exception" />
    public bool TryHold(out HeldMessage<T> message, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        bool received = _payloads.TryTake(WaitLimit.For(timeout, cancellationToken));
        message = received ? new HeldMessage<T>(_consumer) : default;
        return received;
    }

    /// <summary>Receives the next message and holds it; completes when there is one.</summary>
    /// <inheritdoc cref="ReceiveAsync" path="/remarks" />
    /// <inheritdoc cref="Hold" path="/param|/returns|/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HeldMessage<T>> HoldAsync(CancellationToken cancellationToken = default)
    {
        await _payloads.TakeAsync(cancellationToken).ConfigureAwait(false);
        return new HeldMessage<T>(_consumer);
    }

    /// <summary>
    /// All messages as they arrive, each of them held, for <c>await foreach</c>. The loop does not release them: dispose each one, in
    /// any order and on any thread. The loop ends with <c>break</c>, with the token, or when the channel is completed, see
    /// <see cref="IpcChannelOptions.EndWithSenders"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the loop with an <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="WaitToReceiveAsync" path="/exception" />
    public async IAsyncEnumerable<HeldMessage<T>> HoldAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryHold(out HeldMessage<T> message))
            {
                yield return message;
            }
        }
    }

    /// <summary>Releases all held messages up to a position, including the message at that position. Safe to call from any thread.</summary>
    /// <param name="position">The position of the last message to release. <see cref="NextPosition"/> releases all that were received before.</param>
    /// <returns>The number of messages that were released.</returns>
    public int ReleaseThrough(long position) => _consumer.ReleaseHeldThrough(position);

    /// <summary>
    /// Goes back to the first message that is held, so that the work on it and on everything behind it can be done again. The following
    /// receives return these messages once more, in the same order, including those behind it that were released. Nothing is held
    /// after this: the handles that were given out count as released. Does nothing if no message is held.
    /// </summary>
    /// <remarks>No thread may still read the messages that are held: the receiver gives them out again and releases them.</remarks>
    /// <exception cref="InvalidOperationException">A message is in hand, or another thread uses the receiver.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed.</exception>
    public void Rewind() => _payloads.Rewind();
}
