using System.Runtime.CompilerServices;
using System.Threading.Channels;
using IpMpsc.Receiving;

namespace IpMpsc;

/// <content>
/// Asynchronous receives: a wait blocks no thread of the pool, and only the first wait allocates.
/// </content>
public sealed partial class Receiver<T>
{
    private ReceiverChannelReader<T>? _reader;

    /// <summary>Receives the next message; completes when there is one.</summary>
    /// <remarks>The receiver is in use until the result was awaited. Await it once, like any value task.</remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="Receive" path="/exception" />
    public ValueTask<T> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return !cancellationToken.IsCancellationRequested && TryReceive(out T message)
                ? new ValueTask<T>(message)
                : ReceiveLaterAsync(cancellationToken);
        }
        catch (Exception failure)
        {
            return ValueTask.FromException<T>(failure);
        }
    }

    /// <summary>Waits until there is a message, and leaves the message in the ring.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if no message will come: the channel is completed, see <see cref="IpcChannelOptions.EndWithSenders"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ChannelRetiredException">The channel was deleted, and everything that was sent to it was received. Open a new channel.</exception>
    /// <exception cref="ChannelCorruptException">The next record is corrupt; see <see cref="SkipCorrupt"/>.</exception>
    /// <exception cref="InvalidOperationException">A message is in hand, or another thread uses the receiver.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed, possibly while this call waited.</exception>
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken = default) =>
        _payloads.WaitForMessageAsync(cancellationToken);

    /// <summary>
    /// Copies of all messages as they arrive, for <c>await foreach</c>. The loop ends with <c>break</c>, with the
    /// token, or when the channel is completed, see <see cref="IpcChannelOptions.EndWithSenders"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the loop with an <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="Receive" path="/exception[not(@cref='T:IpMpsc.ChannelCompletedException')]" />
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryReceive(out T message))
            {
                yield return message;
            }
        }
    }

    /// <summary>
    /// This receiver as a <see cref="ChannelReader{T}"/>, for code that is written against that type. The reader
    /// completes when the channel is completed, see <see cref="IpcChannelOptions.EndWithSenders"/>, and when the receiver is
    /// disposed. Like the receiver, it is for one thread at a time; the two take messages from the same channel. If the
    /// channel is deleted, the reader fails with <see cref="ChannelRetiredException"/> after everything was read.
    /// </summary>
    /// <returns>The same reader each time.</returns>
    public ChannelReader<T> AsChannelReader() =>
        _reader ?? Interlocked.CompareExchange(ref _reader, new ReceiverChannelReader<T>(this, _consumer), null) ?? _reader;

    /// <summary>Copies the next message, if there is one now, and leaves it in the ring.</summary>
    internal bool TryPeek(out T message)
    {
        if (!TryReceiveInPlace(out ReceivedMessage<T> next))
        {
            message = default;
            return false;
        }

        try
        {
            message = next.Read();
            return true;
        }
        finally
        {
            _consumer.PutBack();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> ReceiveLaterAsync(CancellationToken cancellationToken)
    {
        await _payloads.TakeAsync(cancellationToken).ConfigureAwait(false);
        return ReadAndRelease();
    }
}
