using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using IpMpsc.Ring;

namespace IpMpsc.Receiving;

/// <summary>
/// A receiver as a reader of System.Threading.Channels: what completes it, whatever the type of the messages. It completes when
/// the channel is completed or the receiver was disposed, and fails when the channel is deleted.
/// </summary>
internal abstract class CompletingReader<T>(RingConsumer consumer) : ChannelReader<T>
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task Completion
    {
        get
        {
            // A reader completes when its senders have left or its receiver was disposed, even if nobody reads from it any more.
            if (!_completion.Task.IsCompleted && consumer.HasEnded)
            {
                Complete();
            }

            return _completion.Task;
        }
    }

    /// <summary>Whether the receiver was disposed.</summary>
    protected bool IsDisposed => consumer.IsClosed;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            bool hasMessage = await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (!hasMessage)
            {
                Complete();
            }

            return hasMessage;
        }
        catch (ObjectDisposedException) when (IsDisposed)
        {
            return HasNone(out _);
        }
        catch (ChannelRetiredException retired)
        {
            Fail(retired);
            throw;
        }
    }

    protected abstract ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken);

    /// <summary>The receiver was disposed: the reader is complete.</summary>
    protected bool HasNone([MaybeNullWhen(false)] out T item)
    {
        Complete();
        item = default;
        return false;
    }

    protected void Complete() => _completion.TrySetResult();

    protected void Fail(ChannelRetiredException retired) => _completion.TrySetException(retired);
}
