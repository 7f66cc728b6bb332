using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace IpMpsc.Sending;

/// <summary>A sender as a writer of System.Threading.Channels. To complete it is to dispose the sender.</summary>
internal sealed class SenderChannelWriter<T>(Sender<T> sender) : ChannelWriter<T>
    where T : struct, IChannelMessage<T>
{
    private int _isCompleted;

    /// <summary>Payload bytes of the message that was refused last: what a wait for room waits for.</summary>
    private int _refused = T.FixedSize;

    public override bool TryWrite(T item)
    {
        try
        {
            if (sender.TrySend(in item))
            {
                return true;
            }

            _refused = T.Measure(in item);
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            Volatile.Write(ref _isCompleted, 1);
        }

        return false;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _isCompleted) != 0)
        {
            return false;
        }

        try
        {
            await sender.WaitForRoomAsync(_refused, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            return false;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(T item, CancellationToken cancellationToken = default)
    {
        try
        {
            await sender.SendAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            throw new ChannelClosedException(failure.Message, failure);
        }
    }

    public override bool TryComplete(Exception? error = null)
    {
        bool isFirst = Interlocked.Exchange(ref _isCompleted, 1) == 0;
        sender.Dispose();
        return isFirst;
    }

    /// <summary>What a writer reports as closed; everything else is the caller's mistake or the file's.</summary>
    private static bool IsEnd(Exception failure) =>
        failure is ObjectDisposedException or ChannelRetiredException or ReceiverGoneException;
}
