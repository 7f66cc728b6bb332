using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace IpMpsc.Sending;

/// <summary>Presents a sender as a writer of System.Threading.Channels. Completing the writer disposes the sender.</summary>
internal sealed class SenderChannelWriter<T>(Sender<T> sender) : ChannelWriter<T>
    where T : struct, IChannelMessage<T>
{
    private int _isCompleted;

    /// <summary>Payload bytes of the last message that found no room: a wait for room waits for as much.</summary>
    private int _refused = T.FixedSize;

    public override bool TryWrite(T item)
    {
        try
        {
            if (sender.TrySendOrDrop(in item))
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

    /// <summary>Whether a failure means that the writer is closed. Any other is a mistake of the caller, or a fault of the file.</summary>
    private static bool IsEnd(Exception failure) =>
        failure is ObjectDisposedException or ChannelRetiredException or ReceiverGoneException;
}
