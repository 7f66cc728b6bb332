using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace IpMpsc.Objects;

/// <content>
/// Waiting without a thread: a wait holds no thread of the pool.
/// </content>
public sealed partial class ObjectReceiver<T>
{
    private ObjectChannelReader<T>? _reader;

    /// <summary>Receives the next message, as soon as there is one.</summary>
    /// <inheritdoc cref="Receiver{T}.ReceiveAsync" path="/remarks|/param|/exception" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        // If the channel is completed, the call below throws what says so, without waiting.
        await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false);
        return Receive(CancellationToken.None);
    }

    /// <inheritdoc cref="Receiver{T}.WaitToReceiveAsync" />
    public ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken = default) =>
        _bytes.WaitToReceiveAsync(cancellationToken);

    /// <summary>All messages as they come, for <c>await foreach</c>. The loop ends by <c>break</c>, by the token, or with <see cref="IpcChannelOptions.EndWithSenders"/>.</summary>
    /// <inheritdoc cref="Receiver{T}.ReadAllAsync" path="/param|/exception" />
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryReceive(out T? message))
            {
                yield return message;
            }
        }
    }

    /// <inheritdoc cref="Receiver{T}.AsChannelReader" />
    public ChannelReader<T> AsChannelReader() =>
        _reader ?? Interlocked.CompareExchange(ref _reader, new ObjectChannelReader<T>(this, Consumer), null) ?? _reader;
}
