using System.Diagnostics.CodeAnalysis;
using IpMpsc.Ring;
using IpMpsc.Segments;

namespace IpMpsc.Sending;

/// <summary>The exception for each outcome that prevents a send. A full ring is not one of them: it is a return value.</summary>
internal static class SendFault
{
    /// <summary>Throws out of line, so that callers stay small enough to be inlined.</summary>
    /// <param name="outcome">Neither <see cref="ClaimOutcome.Claimed"/> nor <see cref="ClaimOutcome.Full"/>.</param>
    /// <param name="attachment">The channel.</param>
    /// <param name="length">Payload bytes of the message.</param>
    /// <param name="cancellation">The token of the send, if it had one.</param>
    [DoesNotReturn]
    public static void Throw(ClaimOutcome outcome, Attachment attachment, long length, CancellationToken cancellation = default) =>
        throw Of(outcome, attachment, length, cancellation);

    /// <summary>The task of an asynchronous send that failed before it had to wait.</summary>
    public static ValueTask Task(Exception failure) =>
        failure is OperationCanceledException { CancellationToken.IsCancellationRequested: true } cancelled
            ? ValueTask.FromCanceled(cancelled.CancellationToken)
            : ValueTask.FromException(failure);

    /// <summary>The exception of a batch of which only the first messages were sent.</summary>
    public static Exception OfRest(Exception failure, int sent, int count, Attachment attachment) =>
        failure is OperationCanceledException cancelled
            ? new PartialBatchCanceledException(attachment.Path, sent, count, cancelled)
            : new PartialBatchException(attachment.Path, sent, count, failure);

    private static Exception Of(ClaimOutcome outcome, Attachment attachment, long length, CancellationToken cancellation) =>
        outcome switch
        {
            ClaimOutcome.TooLarge => new MessageTooLargeException(attachment.Path, length, attachment.MaxPayload),
            ClaimOutcome.Corrupt => new ChannelCorruptException(
                $"The positions of channel '{attachment.Path}' are corrupt: another program wrote into the file. Nothing was sent. " +
                "Call SkipCorrupt on the receiver, which repairs them, or replace the channel."),
            ClaimOutcome.NoReceiver => new ReceiverGoneException(
                $"Channel '{attachment.Path}' is full and has no receiver. {FullRing.Describe(attachment)} " +
                "Start a receiver, or turn IpcChannelOptions.FailWhenFullWithoutReceiver off to wait for one."),
            ClaimOutcome.Cancelled => new OperationCanceledException(
                $"The send was cancelled before there was room in channel '{attachment.Path}'. {FullRing.Describe(attachment)}", cancellation),
            ClaimOutcome.Closed => new ObjectDisposedException("Sender", "The sender was disposed."),
            _ => new ChannelRetiredException(
                $"Channel '{attachment.Path}' was deleted or replaced: nobody would receive the message. Open the channel again."),
        };
}
