using System.Diagnostics.CodeAnalysis;
using IpMpsc.Ring;
using IpMpsc.Segments;

namespace IpMpsc.Sending;

/// <summary>Throws, out of line: the callers stay small enough to be inlined.</summary>
internal static class ThrowHelper
{
    /// <summary>True if the message was sent, false if there was no room; everything else is an exception.</summary>
    public static bool IsClaimed(ClaimOutcome outcome, Attachment attachment, long length)
    {
        if (outcome > ClaimOutcome.Full)
        {
            ThrowRefused(outcome, attachment, length);
        }

        return outcome == ClaimOutcome.Claimed;
    }

    [DoesNotReturn]
    public static void ThrowClaimEnded() => throw new InvalidOperationException(
        "The claim has ended: it was committed, aborted or disposed before. Make a new claim for another message.");

    [DoesNotReturn]
    private static void ThrowRefused(ClaimOutcome outcome, Attachment attachment, long length) => throw (outcome switch
    {
        ClaimOutcome.TooLarge => new MessageTooLargeException(attachment.Path, length, attachment.MaxPayload),
        ClaimOutcome.Corrupt => new ChannelCorruptException(
            $"The positions of channel '{attachment.Path}' cannot be true: another program wrote into the file. Nothing was sent. " +
            "A receiver that calls SkipCorrupt sets them right, or replace the channel."),
        ClaimOutcome.NoReceiver => new ReceiverGoneException(
            $"Channel '{attachment.Path}' is full ({attachment.Layout.Capacity:N0} bytes) and has no receiver. " +
            "Start one, or leave IpcChannelOptions.FailWhenFullWithoutReceiver off to wait for it."),
        _ => (ChannelException)new ChannelRetiredException(
            $"Channel '{attachment.Path}' was deleted or replaced: nobody would receive the message. Open the channel again."),
    });
}
