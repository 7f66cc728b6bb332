using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

internal static partial class PayloadReceiver
{
    /// <summary>
    /// Takes the next message in hand, leaving the ring in use, or ends the use with
    /// <see cref="ReceiveOutcome.Completed"/> or an exception.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ReceiveOutcome> TakeAsync(RingConsumer ring, CancellationToken cancellation)
    {
        ReceiveOutcome soon = Take(ring, WaitLimit.OnBorrowedThread(cancellation));
        if (soon != ReceiveOutcome.Empty)
        {
            return soon;
        }

        ReceiveOutcome outcome = await ring.Pending.TakeAsync(cancellation).ConfigureAwait(false);
        if (outcome == ReceiveOutcome.Empty)
        {
            ThrowEnded(ring, cancellation);
        }

        if (outcome is ReceiveOutcome.Corrupt or ReceiveOutcome.Retired)
        {
            EndWithout(ring, outcome);
        }

        return outcome;
    }

    /// <summary>Waits until there is a message, and leaves it where it is; false if the channel is completed.</summary>
    public static ValueTask<bool> WaitForMessageAsync(RingConsumer ring, CancellationToken cancellation)
    {
        try
        {
            return !cancellation.IsCancellationRequested && HasMessage(ring)
                ? new ValueTask<bool>(true)
                : WaitForMessageLaterAsync(ring, cancellation);
        }
        catch (Exception failure)
        {
            return ValueTask.FromException<bool>(failure);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> WaitForMessageLaterAsync(RingConsumer ring, CancellationToken cancellation)
    {
        bool hasMessage = await TakeAsync(ring, cancellation).ConfigureAwait(false) == ReceiveOutcome.Message;
        if (hasMessage)
        {
            ring.PutBack();
        }

        return hasMessage;
    }

    /// <summary>Whether there is a message now; it is left where it is.</summary>
    private static bool HasMessage(RingConsumer ring)
    {
        ring.Enter();
        ReceiveOutcome outcome = ring.TryTake();
        if (outcome == ReceiveOutcome.Message)
        {
            ring.PutBack();
            return true;
        }

        EndWithout(ring, outcome);
        return false;
    }

    [DoesNotReturn]
    private static void ThrowEnded(RingConsumer ring, CancellationToken cancellation)
    {
        if (!ring.IsClosed)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        ring.ThrowClosed();
    }
}
