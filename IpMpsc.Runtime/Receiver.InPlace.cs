using System.Runtime.CompilerServices;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <content>In place: messages are read where they lie in the ring, and released one by one.</content>
public sealed partial class Receiver<T>
{
    /// <summary>Receives the next message in place; waits until there is one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The message; dispose it to receive the next one.</returns>
    /// <inheritdoc cref="Receive" path="/exception" />
    public ReceivedMessage<T> ReceiveInPlace(CancellationToken cancellationToken = default)
    {
        _payloads.Take(cancellationToken);
        return new ReceivedMessage<T>(_consumer);
    }

    /// <summary>Receives the next message in place, if there is one now.</summary>
    /// <param name="message">The message; dispose it to receive the next one.</param>
    /// <returns>False if there is no message.</returns>
    /// <inheritdoc cref="Receive" path="/exception[not(contains(@cref, 'Canceled') or contains(@cref, 'Completed') or contains(@cref, 'Retired'))]" />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReceiveInPlace(out ReceivedMessage<T> message)
    {
        bool received = _payloads.TryTake();
        message = received ? new ReceivedMessage<T>(_consumer) : default;
        return received;
    }

    /// <summary>Receives the next message in place, if one comes within a timeout.</summary>
    /// <param name="message">The message; dispose it to receive the next one.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if the timeout passed first.</returns>
    /// <inheritdoc cref="Receive" path="/exception" />
    public bool TryReceiveInPlace(
        out ReceivedMessage<T> message, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        bool received = _payloads.TryTake(WaitLimit.For(timeout, cancellationToken));
        message = received ? new ReceivedMessage<T>(_consumer) : default;
        return received;
    }

    /// <summary>
    /// All messages as they arrive, in place, for <c>foreach</c>. Each step of the loop releases the previous message. The
    /// loop ends with <c>break</c>, with the token, or when the channel is completed, see <see cref="IpcChannelOptions.EndWithSenders"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the loop with an <see cref="OperationCanceledException"/>.</param>
    public ReceivedMessages<T> ReadAll(CancellationToken cancellationToken = default) => new(this, cancellationToken);

    /// <summary>Passes the messages that are there now to a handler, in place; does not wait for more.</summary>
    /// <param name="handler">Called for each message. If it throws, its message is released and the following messages stay in the channel.</param>
    /// <param name="maxMessages">The largest number of messages to handle.</param>
    /// <returns>The number of messages that were handled. A handler may dispose the receiver; then it was the last one.</returns>
    /// <inheritdoc cref="Receive" path="/exception[not(contains(@cref, 'Canceled') or contains(@cref, 'Completed') or contains(@cref, 'Retired'))]" />
    public int Drain(MessageHandler<T> handler, int maxMessages = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(handler);
        int handled = 0;
        while (handled < maxMessages && (handled == 0 || !_consumer.IsClosed) && TryReceiveInPlace(out ReceivedMessage<T> message))
        {
            using (message)
            {
                handler(message);
            }

            handled++;
        }

        return handled;
    }
}
