using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace IpMpsc.Receiving;

/// <summary>Presents a receiver as a reader of System.Threading.Channels.</summary>
internal sealed class ReceiverChannelReader<T>(Receiver<T> receiver) : ChannelReader<T>
    where T : struct, IChannelMessage<T>
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool CanPeek => true;

    public override Task Completion
    {
        get
        {
            // A reader completes when its senders have left or its receiver was disposed, even if nobody reads from it any more.
            if (!_completion.Task.IsCompleted && receiver.HasEnded)
            {
                _completion.TrySetResult();
            }

            return _completion.Task;
        }
    }

    public override bool TryRead([MaybeNullWhen(false)] out T item)
    {
        try
        {
            return receiver.TryReceive(out item);
        }
        catch (ObjectDisposedException) when (receiver.IsDisposed)
        {
            return HasNone(out item);
        }
    }

    public override bool TryPeek([MaybeNullWhen(false)] out T item)
    {
        try
        {
            return receiver.TryPeek(out item);
        }
        catch (ObjectDisposedException) when (receiver.IsDisposed)
        {
            return HasNone(out item);
        }
    }

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
        catch (ObjectDisposedException) when (receiver.IsDisposed)
        {
            return HasNone(out _);
        }
        catch (ChannelRetiredException retired)
        {
            _completion.TrySetException(retired);
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
        catch (ObjectDisposedException disposed) when (receiver.IsDisposed)
        {
            _completion.TrySetResult();
            throw new ChannelClosedException(disposed.Message, disposed);
        }
    }

    /// <summary>The receiver was disposed: the reader is complete.</summary>
    private bool HasNone([MaybeNullWhen(false)] out T item)
    {
        _completion.TrySetResult();
        item = default;
        return false;
    }
}
