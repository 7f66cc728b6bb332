using System.Runtime.CompilerServices;
using System.Threading.Channels;
using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc;

/// <content>
/// Waiting without a thread: a wait holds no thread of the pool, and allocates nothing after the first.
/// </content>
public sealed partial class Receiver<T>
{
    private ReceiverChannelReader<T>? _reader;

    /// <summary>Receives the next message, as soon as there is one.</summary>
    /// <remarks>While the call is under way the receiver is in use. Await it once, as any value task.</remarks>
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

    /// <summary>Waits until there is a message to receive, and leaves it in the ring.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if there will be none: the channel is completed, see <see cref="IpcChannelOptions.EndWithSenders"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ChannelRetiredException">The channel was deleted, and all that was sent to it is received. Open it anew.</exception>
    /// <exception cref="ChannelCorruptException">The record is none that a sender made; see <see cref="SkipCorrupt"/>.</exception>
    /// <exception cref="InvalidOperationException">A message is in hand, or another thread receives.</exception>
    /// <exception cref="ObjectDisposedException">The receiver was disposed, possibly while this call waited.</exception>
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken = default) =>
        PayloadReceiver.WaitForMessageAsync(_ring, cancellationToken);

    /// <summary>
    /// All messages as they come, for <c>await foreach</c>; copies. The loop ends by <c>break</c>, by the
    /// token, or with <see cref="IpcChannelOptions.EndWithSenders"/>.
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
    /// This receiver as a <see cref="ChannelReader{T}"/>, for code that is written against it. The reader
    /// completes when every sender has left, with <see cref="IpcChannelOptions.EndWithSenders"/>; it is for
    /// one thread at a time, as the receiver is, and shares its messages with the receiver's own calls. If the
    /// channel is deleted, it fails with <see cref="ChannelRetiredException"/> when everything was read.
    /// </summary>
    /// <returns>The same reader each time. Disposing the receiver ends it.</returns>
    public ChannelReader<T> AsChannelReader() =>
        _reader ?? Interlocked.CompareExchange(ref _reader, new ReceiverChannelReader<T>(this), null) ?? _reader;

    /// <summary>Whether nothing will come; any thread may ask, also while another one receives.</summary>
    internal bool HasEnded
    {
        get
        {
            if (!_ring.EndsWithSenders || !_ring.Attachment.TryAddUser())
            {
                return false;
            }

            bool hasEnded = _ring.IsCompleted();
            _ring.Attachment.RemoveUser();
            return hasEnded;
        }
    }

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
            _ring.PutBack();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> ReceiveLaterAsync(CancellationToken cancellationToken)
    {
        if (await PayloadReceiver.TakeAsync(_ring, cancellationToken).ConfigureAwait(false) == ReceiveOutcome.Completed)
        {
            PayloadReceiver.ThrowCompleted(_ring);
        }

        return ReadAndRelease();
    }
}
