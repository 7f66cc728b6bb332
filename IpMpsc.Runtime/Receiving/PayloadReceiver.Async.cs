using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <content>Waiting without a thread.</content>
internal readonly partial struct PayloadReceiver<TCheck>
{
    /// <summary>Takes the next message in hand as soon as there is one.</summary>
    /// <exception cref="ChannelCompletedException">There will be none.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask TakeAsync(CancellationToken cancellation)
    {
        if (await TakeUncheckedAsync(cancellation).ConfigureAwait(false) != ReceiveOutcome.Message)
        {
            ThrowHelper.ThrowCompleted(consumer);
        }

        check.Require(consumer);
    }

    /// <summary>Waits until there is a message, and leaves it where it is; false if the channel is completed.</summary>
    public ValueTask<bool> WaitForMessageAsync(CancellationToken cancellation)
    {
        try
        {
            return !cancellation.IsCancellationRequested && HasMessage()
                ? new ValueTask<bool>(true)
                : WaitForMessageLaterAsync(cancellation);
        }
        catch (Exception failure)
        {
            return ValueTask.FromException<bool>(failure);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WaitForMessageLaterAsync(CancellationToken cancellation)
    {
        bool hasMessage = await TakeUncheckedAsync(cancellation).ConfigureAwait(false) == ReceiveOutcome.Message;
        if (hasMessage)
        {
            consumer.PutBack();
        }

        return hasMessage;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReceiveOutcome> TakeUncheckedAsync(CancellationToken cancellation)
    {
        ReceiveOutcome soon = TakeUnchecked(WaitLimit.OnBorrowedThread(cancellation));
        if (soon != ReceiveOutcome.Empty)
        {
            return soon;
        }

        // The use ends here and not where the wait ends: a caller that may begin the next wait has the result of this one.
        ValueTask<ReceiveOutcome> pending = consumer.Pending.TakeAsync(cancellation);
        ReceiveOutcome outcome;
        try
        {
            outcome = await pending.ConfigureAwait(false);
        }
        catch
        {
            consumer.PutBack();
            throw;
        }

        if (outcome != ReceiveOutcome.Message)
        {
            ThrowHelper.EndWithout(consumer, outcome);
            if (outcome == ReceiveOutcome.Empty)
            {
                ThrowHelper.ThrowEnded(consumer, cancellation);
            }
        }

        return outcome;
    }

    /// <summary>Whether there is a message now; it is left where it is.</summary>
    private bool HasMessage()
    {
        consumer.Enter();
        ReceiveOutcome outcome = consumer.TryTake();
        if (outcome == ReceiveOutcome.Message)
        {
            consumer.PutBack();
            return true;
        }

        ThrowHelper.EndWithout(consumer, outcome);
        return false;
    }
}
