using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Telemetry;

namespace IpMpsc.Receiving;

/// <summary>Ends a use of the ring with an exception, out of line: the callers stay small enough to be inlined.</summary>
internal static class ThrowHelper
{
    private const string SteppedOver = "The receiver stepped over it; the next receive returns the following message.";

    /// <summary>Ends a use that found no message: returns if there is none yet, throws if there will be none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void EndWithout(RingConsumer consumer, ReceiveOutcome outcome)
    {
        consumer.Exit();
        if (outcome == ReceiveOutcome.Corrupt)
        {
            ThrowCorrupt(consumer);
        }

        if (outcome == ReceiveOutcome.Retired)
        {
            ThrowRetired(consumer);
        }
    }

    /// <summary>Throws what a wait without a limit throws when it ends without a message.</summary>
    [DoesNotReturn]
    public static void ThrowCompleted(RingConsumer consumer) => throw new ChannelCompletedException(
        $"All senders of channel '{consumer.Attachment.Path}' have left, and every message they sent was received.");

    /// <summary>Throws what an asynchronous wait throws that was cancelled, or whose receiver was closed.</summary>
    [DoesNotReturn]
    public static void ThrowEnded(RingConsumer consumer, CancellationToken cancellation)
    {
        if (!consumer.IsClosed)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        consumer.ThrowClosed();
    }

    /// <summary>Steps over a message whose type the protocol does not have, and throws.</summary>
    [DoesNotReturn]
    public static void RejectUnknown(RingConsumer consumer, ushort messageId, string protocol)
    {
        long position = StepOver(consumer);
        throw new UnknownMessageException(
            MessageAt(position, consumer) + string.Create(CultureInfo.InvariantCulture, $"has the id {messageId}, which {protocol} does not have. {SteppedOver}"),
            messageId,
            position);
    }

    /// <summary>Steps over a message that is not of the channel's type, and throws.</summary>
    [DoesNotReturn]
    public static void RejectMessage(RingConsumer consumer, string expected)
    {
        long position = StepOver(consumer);
        throw new ChannelCorruptException(
            MessageAt(position, consumer) + $"is not a {expected}: another program wrote into the file. {SteppedOver}",
            position);
    }

    private static string MessageAt(long position, RingConsumer consumer) =>
        string.Create(CultureInfo.InvariantCulture, $"The message at position {position:N0} of channel '{consumer.Attachment.Path}' ");

    [DoesNotReturn]
    private static void ThrowCorrupt(RingConsumer consumer)
    {
        ChannelEventSource.Log.Corrupt(consumer.Attachment.Path, consumer.Cursor);
        throw new ChannelCorruptException(
            string.Create(CultureInfo.InvariantCulture, $"The record at position {consumer.Cursor:N0} of channel '{consumer.Attachment.Path}' is corrupt: ") +
            "another program wrote into the file. Every message before it was received. Call SkipCorrupt to continue behind it, or replace the channel.",
            consumer.Cursor);
    }

    [DoesNotReturn]
    private static void ThrowRetired(RingConsumer consumer) => throw new ChannelRetiredException(
        $"Channel '{consumer.Attachment.Path}' was deleted while this receiver had it open. Everything that was sent " +
        "to it was received, and nothing more will come. Dispose the receiver and call OpenOrCreate: " +
        "senders that open this name from now on use the new channel.");

    /// <summary>Releases a message that is handed to nobody, and ends the use.</summary>
    /// <returns>Its position.</returns>
    private static long StepOver(RingConsumer consumer)
    {
        long position = consumer.Cursor;
        consumer.CountSkipped();
        consumer.Release();
        consumer.Exit();
        return position;
    }
}
