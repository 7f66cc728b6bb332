using System.Runtime.CompilerServices;

namespace IpMpsc;

/// <content>
/// Asynchronous receives: a wait blocks no thread of the pool, and only the first wait allocates.
/// </content>
public sealed partial class ByteReceiver
{
    /// <summary>Receives the next message as a new array; completes when there is one.</summary>
    /// <inheritdoc cref="Receiver{T}.ReceiveAsync" path="/remarks|/param|/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<byte[]> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        await _payloads.TakeAsync(cancellationToken).ConfigureAwait(false);
        return CopyAndRelease();
    }

    /// <summary>Receives the next message into a buffer; completes when there is one.</summary>
    /// <param name="destination">The buffer, at least as long as the message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The length of the message in bytes.</returns>
    /// <exception cref="ArgumentException">The buffer is too small. The message stays in the channel: receive it into a larger buffer.</exception>
    /// <inheritdoc cref="Receiver{T}.ReceiveAsync" path="/remarks|/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        await _payloads.TakeAsync(cancellationToken).ConfigureAwait(false);
        TryCopy(isTaken: true, destination.Span, out int length);
        return length;
    }

    /// <inheritdoc cref="Receiver{T}.WaitToReceiveAsync" />
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken = default) =>
        _payloads.WaitForMessageAsync(cancellationToken);

    /// <summary>
    /// All messages as they arrive, each as a new array, for <c>await foreach</c>. The loop ends with
    /// <c>break</c>, with the token, or when the channel is completed, see <see cref="IpcChannelOptions.EndWithSenders"/>.
    /// </summary>
    /// <inheritdoc cref="Receiver{T}.ReadAllAsync" path="/param|/exception" />
    public async IAsyncEnumerable<byte[]> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return Receive(CancellationToken.None);
        }
    }
}
