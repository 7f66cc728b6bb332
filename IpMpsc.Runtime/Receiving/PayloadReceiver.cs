using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <summary>
/// Every way to receive, once for all kinds of receivers and messages; the mirror of the senders' PayloadSender. A
/// call that succeeds leaves the message in hand and the ring in use; any other call ends the use.
/// </summary>
/// <param name="consumer">The receiving side of the ring.</param>
/// <param name="check">Which messages may be handed out.</param>
internal readonly partial struct PayloadReceiver<TCheck>(RingConsumer consumer, TCheck check) where TCheck : struct, IMessageCheck
{
    /// <summary>Whether every sender has left and every message was received.</summary>
    public bool IsCompleted
    {
        get
        {
            consumer.Enter();
            bool completed = consumer.IsCompleted();
            consumer.Exit();
            return completed;
        }
    }

    /// <summary>Takes the next message in hand, if there is one now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake()
    {
        consumer.Enter();
        ReceiveOutcome outcome = consumer.TryTake();
        if (outcome == ReceiveOutcome.Message)
        {
            check.Require(consumer);
            return true;
        }

        ThrowHelper.EndWithout(consumer, outcome);
        return false;
    }

    /// <summary>Takes the next message in hand, if one comes within the limit; false also if the channel is completed.</summary>
    public bool TryTake(in WaitLimit limit)
    {
        if (TakeUnchecked(limit) != ReceiveOutcome.Message)
        {
            return false;
        }

        check.Require(consumer);
        return true;
    }

    /// <summary>Takes the next message in hand as soon as there is one.</summary>
    /// <exception cref="ChannelCompletedException">There will be none.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested || !TryTake())
        {
            AwaitMessage(cancellation);
        }
    }

    /// <summary>Steps over the gaps of dead senders.</summary>
    /// <returns>How many.</returns>
    public long StepOverGaps()
    {
        consumer.Enter();
        long gaps = consumer.StepOverGaps();
        consumer.Exit();
        return gaps;
    }

    /// <summary>Goes back to the first record that is held.</summary>
    public void Rewind()
    {
        consumer.Enter();
        consumer.Rewind();
        consumer.Exit();
    }

    /// <summary>Continues behind a corrupt record.</summary>
    /// <returns>The bytes stepped over.</returns>
    public long SkipCorrupt()
    {
        consumer.Enter();
        long skipped = consumer.SkipCorrupt();
        consumer.Exit();
        return skipped;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AwaitMessage(CancellationToken cancellation)
    {
        if (!TryTake(WaitLimit.Forever(cancellation)))
        {
            ThrowHelper.ThrowCompleted(consumer);
        }
    }

    /// <summary>Waits for a message and takes it in hand, whatever it is.</summary>
    /// <returns>A message, or why there is none: the limit passed, or the channel is completed.</returns>
    private ReceiveOutcome TakeUnchecked(in WaitLimit limit)
    {
        limit.Cancellation.ThrowIfCancellationRequested();
        consumer.Enter();
        ReceiveOutcome outcome = ReceiveOutcome.Empty;
        try
        {
            outcome = consumer.Take(limit);
        }
        finally
        {
            if (outcome is ReceiveOutcome.Empty or ReceiveOutcome.Completed)
            {
                consumer.Exit();
            }
        }

        if (outcome is ReceiveOutcome.Corrupt or ReceiveOutcome.Retired)
        {
            ThrowHelper.EndWithout(consumer, outcome);
        }

        return outcome;
    }
}
