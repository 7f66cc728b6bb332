using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using IpMpsc.Ring;

namespace IpMpsc.Receiving;

/// <summary>Presents a receiver as a reader of System.Threading.Channels.</summary>
internal sealed class ReceiverChannelReader<T>(Receiver<T> receiver, RingConsumer consumer) : CompletingReader<T>(consumer)
    where T : struct, IChannelMessage<T>
{
    public override bool CanPeek => true;

    public override bool TryRead([MaybeNullWhen(false)] out T item)
    {
        try
        {
            return receiver.TryReceive(out item);
        }
        catch (ObjectDisposedException) when (IsDisposed)
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
        catch (ObjectDisposedException) when (IsDisposed)
        {
            return HasNone(out item);
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
            Complete();
            throw new ChannelClosedException(completed.Message, completed);
        }
        catch (ChannelRetiredException retired)
        {
            Fail(retired);
            throw new ChannelClosedException(retired.Message, retired);
        }
        catch (ObjectDisposedException disposed) when (IsDisposed)
        {
            Complete();
            throw new ChannelClosedException(disposed.Message, disposed);
        }
    }

    protected override ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken) => receiver.WaitToReceiveAsync(cancellationToken);
}
