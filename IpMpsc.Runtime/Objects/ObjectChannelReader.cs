using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace IpMpsc.Objects;

/// <summary>Presents an object receiver as a reader of System.Threading.Channels.</summary>
internal sealed class ObjectChannelReader<T>(ObjectReceiver<T> receiver) : ChannelReader<T>
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
            _completion.TrySetResult();
            item = default;
            return false;
        }
    }

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
            _completion.TrySetResult();
            return false;
        }
        catch (ChannelRetiredException retired)
        {
            _completion.TrySetException(retired);
            throw;
        }
    }
}
