using System.Runtime.CompilerServices;
using IpMpsc.Receiving;

namespace IpMpsc;

/// <content>
/// Waiting without a thread: a wait holds no thread of the pool, and allocates nothing after the first.
/// </content>
public sealed partial class ByteReceiver
{
    /// <summary>Receives the next message as an array of its own, as soon as there is one.</summary>
    /// <inheritdoc cref="Receiver{T}.ReceiveAsync" path="/remarks|/param|/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<byte[]> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        await RequireMessageAsync(cancellationToken).ConfigureAwait(false);
        return Receive(CancellationToken.None);
    }

    /// <summary>Receives the next message into a buffer, as soon as there is one.</summary>
    /// <param name="destination">The buffer; at least as long as the message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Bytes of the message.</returns>
    /// <exception cref="ArgumentException">The buffer is too small. The message was not taken: receive it into a larger one.</exception>
    /// <inheritdoc cref="Receiver{T}.ReceiveAsync" path="/remarks|/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        await RequireMessageAsync(cancellationToken).ConfigureAwait(false);
        TryReceive(destination.Span, out int length);
        return length;
    }

    /// <inheritdoc cref="Receiver{T}.WaitToReceiveAsync" />
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken = default) =>
        PayloadReceiver.WaitForMessageAsync(_ring, cancellationToken);

    /// <summary>
    /// All messages as they come, each as an array of its own, for <c>await foreach</c>. The loop ends by
    /// <c>break</c>, by the token, or with <see cref="IpcChannelOptions.EndWithSenders"/>.
    /// </summary>
    /// <inheritdoc cref="Receiver{T}.ReadAllAsync" path="/param|/exception" />
    public async IAsyncEnumerable<byte[]> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return Receive(CancellationToken.None);
        }
    }

    /// <summary>Waits for a message that is then there: nobody else may take it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RequireMessageAsync(CancellationToken cancellationToken)
    {
        if (!await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
        {
            PayloadReceiver.ThrowCompleted(_ring);
        }
    }
}
