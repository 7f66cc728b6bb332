using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Telemetry;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <summary>The parts of receiving that wait or fail, once for all receivers and out of their hot path.</summary>
internal static partial class PayloadReceiver
{
    /// <summary>
    /// Takes the next message in hand, leaving the ring in use, or ends the use: because the limit
    /// passed, or with an exception.
    /// </summary>
    public static ReceiveOutcome Take(RingConsumer ring, in WaitLimit limit)
    {
        limit.Cancellation.ThrowIfCancellationRequested();
        ring.Enter();
        ReceiveOutcome outcome = ReceiveOutcome.Empty;
        try
        {
            outcome = ring.Take(limit);
        }
        finally
        {
            if (outcome is ReceiveOutcome.Empty or ReceiveOutcome.Completed)
            {
                ring.Exit();
            }
        }

        if (outcome is ReceiveOutcome.Corrupt or ReceiveOutcome.Retired)
        {
            EndWithout(ring, outcome);
        }

        return outcome;
    }

    /// <summary>Whether every sender has left and every message was received.</summary>
    public static bool IsCompleted(RingConsumer ring)
    {
        ring.Enter();
        bool completed = ring.IsCompleted();
        ring.Exit();
        return completed;
    }

    /// <summary>Goes on behind what dead senders have left.</summary>
    public static long StepOverGaps(RingConsumer ring)
    {
        ring.Enter();
        long gaps = ring.StepOverGaps();
        ring.Exit();
        return gaps;
    }

    /// <summary>Goes on behind a corrupt record.</summary>
    public static long SkipCorrupt(RingConsumer ring)
    {
        ring.Enter();
        long skipped = ring.SkipCorrupt();
        ring.Exit();
        return skipped;
    }

    /// <summary>Throws what a wait without a limit throws when it ends without a message.</summary>
    [DoesNotReturn]
    public static void ThrowCompleted(RingConsumer ring) => throw new ChannelCompletedException(
        $"Every sender of channel '{ring.Attachment.Path}' has left and all their messages were received.");

    /// <summary>Ends a use that found no message.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void EndWithout(RingConsumer ring, ReceiveOutcome outcome)
    {
        ring.Exit();
        if (outcome == ReceiveOutcome.Corrupt)
        {
            ChannelEventSource.Log.Corrupt(ring.Attachment.Path, ring.Head);
            throw new ChannelCorruptException(
                $"The record at position {ring.Head:N0} of channel '{ring.Attachment.Path}' is none that a sender made: " +
                "another program wrote into the file. The messages before it were received; " +
                "SkipCorrupt goes on behind it, or replace the channel.",
                ring.Head);
        }

        if (outcome == ReceiveOutcome.Retired)
        {
            throw new ChannelRetiredException(
                $"Channel '{ring.Attachment.Path}' was deleted while this receiver had it open. Everything that was sent " +
                "to it was received, and nothing more will come. Dispose the receiver and open the channel anew, " +
                "with OpenOrCreate: those who send from now on open the new channel of that name.");
        }
    }

    /// <summary>Steps over a message that a protocol does not have, and says so.</summary>
    [DoesNotReturn]
    public static void RejectUnknown(RingConsumer ring, ushort messageId, string protocol)
    {
        long position = StepOver(ring);
        throw new UnknownMessageException(
            $"The message at position {position:N0} of channel '{ring.Attachment.Path}' has the id {messageId}, " +
            $"which {protocol} does not know. The message was stepped over.",
            messageId,
            position);
    }

    /// <summary>Steps over a message that is none of the channel's, and says so.</summary>
    [DoesNotReturn]
    public static void RejectMessage(RingConsumer ring, string expected)
    {
        long position = StepOver(ring);
        throw new ChannelCorruptException(
            $"The message at position {position:N0} of channel '{ring.Attachment.Path}' is no {expected}: " +
            "another program wrote into the file. The message was stepped over.",
            position);
    }

    /// <summary>Releases a message that nobody gets, and ends the use.</summary>
    /// <returns>Where it stood.</returns>
    private static long StepOver(RingConsumer ring)
    {
        long position = ring.Head;
        ring.CountSkipped();
        ring.Release();
        ring.Exit();
        return position;
    }
}
