using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Receiving;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <content>Receives of several messages at once; the mirror of a sender's batches.</content>
public sealed partial class Receiver<T>
{
    /// <summary>Bytes of messages after which their room is given back: they are still in the first-level cache, and senders need not wait for the rest.</summary>
    private const int ReleasedAtOnce = 8 * 1024;

    /// <summary>Receives several messages at once; waits until there is one.</summary>
    /// <remarks>
    /// For small messages of fixed size this is up to twice as fast as a receive for each. Messages are released while the call copies them: if the process is
    /// killed in the call, the next receiver continues behind the last one that was released. Hold messages that must not be lost, see <see cref="Hold"/>.
    /// </remarks>
    /// <param name="messages">Where the messages go, in order.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// How many were received: those that were there, as far as they fit. It is 0 only if <paramref name="messages"/> is empty. A message that cannot be
    /// received ends the batch before it, and the next call throws.
    /// </returns>
    /// <inheritdoc cref="Receive" path="/exception" />
    public int ReceiveBatch(Span<T> messages, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int received = ReceiveRun(messages, mayRest: true);
        if (messages.Length == received)
        {
            return received;
        }

        if (received == 0)
        {
            messages[received++] = AwaitMessage(cancellationToken);
        }

        return received + ReceiveMore(messages[received..]);
    }

    /// <summary>Receives several messages at once, if one comes within a timeout.</summary>
    /// <param name="messages">Where the messages go, in order.</param>
    /// <param name="timeout">The longest wait, on the monotonic clock; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were received; 0 if the timeout passed first.</returns>
    /// <inheritdoc cref="ReceiveBatch" path="/exception" />
    public int TryReceiveBatch(Span<T> messages, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        WaitLimit limit = WaitLimit.For(timeout, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        int received = TryReceiveBatch(messages);
        return received > 0 || messages.IsEmpty || !TryReceive(out messages[0], limit) ? received : 1 + ReceiveMore(messages[1..]);
    }

    /// <summary>Receives the messages that are there now.</summary>
    /// <param name="messages">Where the messages go, in order.</param>
    /// <returns>How many were received, see <see cref="ReceiveBatch"/>; 0 if there is no message.</returns>
    /// <inheritdoc cref="TryReceive(out T)" path="/remarks|/exception" />
    public int TryReceiveBatch(Span<T> messages)
    {
        int received = ReceiveRun(messages);
        return received > 0 || (!messages.IsEmpty && TryReceiveSlow(out messages[received++]))
            ? received + ReceiveMore(messages[received..])
            : 0;
    }

    /// <summary>Receives several messages at once; completes when there is one.</summary>
    /// <remarks>The receiver is in use until the result was awaited.</remarks>
    /// <param name="messages">Where the messages go, in order. Do not touch it before the result was awaited.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="ReceiveBatch" path="/returns|/exception" />
    public ValueTask<int> ReceiveBatchAsync(Memory<T> messages, CancellationToken cancellationToken = default)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            int received = TryReceiveBatch(messages.Span);
            return received > 0 || messages.IsEmpty
                ? new ValueTask<int>(received)
                : ReceiveBatchLaterAsync(messages, cancellationToken);
        }
        catch (Exception failure)
        {
            return ValueTask.FromException<int>(failure);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveBatchLaterAsync(Memory<T> messages, CancellationToken cancellationToken)
    {
        await _payloads.TakeAsync(cancellationToken).ConfigureAwait(false);
        Span<T> all = messages.Span;
        all[0] = ReadAndRelease();
        return 1 + ReceiveMore(all[1..]);
    }

    /// <summary>Receives what follows in a batch. Throws nothing: what cannot be received stays for the next call.</summary>
    private int ReceiveMore(Span<T> messages)
    {
        int received = 0;
        do
        {
            received += ReceiveRun(messages[received..]);
        }
        while (received < messages.Length && TryReceiveSound(out messages[received]) && ++received < messages.Length);

        return received;
    }

    /// <summary>As <see cref="TryReceiveExactly"/>, for as many messages as follow each other.</summary>
    /// <param name="messages">Where they go.</param>
    /// <param name="mayRest">Whether a sender in a stream may get ahead first: otherwise each batch would consist of the message that it is just writing.</param>
    private int ReceiveRun(Span<T> messages, bool mayRest = false)
    {
        RingConsumer consumer = _consumer;
        if (!T.IsImage || !consumer.TryEnterReserved())
        {
            return 0;
        }

        if (mayRest && consumer.HasCaughtUp)
        {
            consumer.RestBehindStream();
        }

        ulong description = RecordDescriptor.Describe(T.FixedSize, T.MessageId, T.SchemaVersion);
        long size = RecordDescriptor.RecordSize(T.FixedSize);
        long position = consumer.Cursor;
        long releaseAt = consumer.EndOfRun(position, ReleasedAtOnce);
        int received = 0;
        while (received < messages.Length && consumer.TryTakeExactly(position, description, out ReadOnlySpan<byte> payload))
        {
            MessageImage.Read(payload, out messages[received++]);
            position += size;
            if (position >= releaseAt)
            {
                consumer.ReleaseRun(position, description);
                releaseAt = consumer.EndOfRun(position, ReleasedAtOnce);
            }
        }

        if (position != consumer.Cursor)
        {
            consumer.ReleaseRun(position, description);
        }

        if (received < messages.Length)
        {
            consumer.NoteEndOfRun();
        }

        consumer.ExitReserved();
        return received;
    }

    /// <summary>
    /// Receives the next message if it can be received. An exception would hide the messages that the batch has already, so it is left to the next call, which
    /// finds the same message.
    /// </summary>
    private bool TryReceiveSound(out T message)
    {
        message = default;
        if (!_consumer.TryEnter())
        {
            return false;
        }

        bool isSound = false;
        try
        {
            if (_consumer.TryTake() == ReceiveOutcome.Message && RecordDescriptor.MessageIdOf(_consumer.Description) == T.MessageId)
            {
                message = T.Read(_consumer.Payload, RecordDescriptor.SchemaVersionOf(_consumer.Description));
                _consumer.Release();
                isSound = true;
            }
        }
        catch (Exception)
        {
            message = default;
        }
        finally
        {
            _consumer.PutBack(); // Whatever is in hand, and ends the use.
        }

        return isSound;
    }
}
