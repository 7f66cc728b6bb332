using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace IpMpsc.Receiving;

/// <summary>A receiver as a reader of System.Threading.Channels.</summary>
internal sealed class ReceiverChannelReader<T>(Receiver<T> receiver) : ChannelReader<T>
    where T : struct, IChannelMessage<T>
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool CanPeek => true;

    public override Task Completion
    {
        get
        {
            // A reader that everybody has left is complete although nobody reads from it any more.
            if (!_completion.Task.IsCompleted && receiver.HasEnded)
            {
                _completion.TrySetResult();
            }

            return _completion.Task;
        }
    }

    public override bool TryRead([MaybeNullWhen(false)] out T item) => receiver.TryReceive(out item);

    public override bool TryPeek([MaybeNullWhen(false)] out T item) => receiver.TryPeek(out item);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            bool hasMessage = await receiver.WaitToReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (!hasMessage)
            {
                _completion.TrySetResult();
            }

            return hasMessage;
        }
        catch (Exception ended) when (ended is ObjectDisposedException or ChannelRetiredException)
        {
            _completion.TrySetException(ended);
            throw;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<T> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await receiver.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelCompletedException completed)
        {
            _completion.TrySetResult();
            throw new ChannelClosedException(completed.Message, completed);
        }
        catch (ChannelRetiredException retired)
        {
            _completion.TrySetException(retired);
            throw new ChannelClosedException(retired.Message, retired);
        }
    }
}
