using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Ring;
using IpMpsc.Segments;

namespace IpMpsc.Sending;

/// <summary>The parts of asynchronous sending that wait or fail, once for all senders.</summary>
internal static class SendWait
{
    /// <summary>Sends through the queue; what it returns is for <see cref="ThrowHelper.IsClaimed"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ClaimOutcome> SendAsync<TPayload>(
        SendQueue<TPayload> queue, TPayload payload, CancellationToken cancellation)
        where TPayload : struct, IPayload
    {
        cancellation.ThrowIfCancellationRequested();
        return Require(await queue.SendAsync(payload, cancellation).ConfigureAwait(false), cancellation);
    }

    /// <summary>Sends a payload that is complete already, and frees it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public static async ValueTask SendStoredAsync(
        SendQueue<StoredPayload> queue, Attachment attachment, StoredPayload payload, CancellationToken cancellation)
    {
        try
        {
            ThrowHelper.IsClaimed(
                await SendAsync(queue, payload, cancellation).ConfigureAwait(false), attachment, payload.Length);
        }
        finally
        {
            payload.Free();
        }
    }

    /// <summary>Waits until it is worth trying to send a message of that many payload bytes.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ClaimOutcome> WaitForRoomAsync<TPayload>(
        SendQueue<TPayload> queue, int length, CancellationToken cancellation)
        where TPayload : struct, IPayload
    {
        cancellation.ThrowIfCancellationRequested();
        return Require(await queue.WaitForRoomAsync(length, cancellation).ConfigureAwait(false), cancellation);
    }

    private static ClaimOutcome Require(ClaimOutcome outcome, CancellationToken cancellation)
    {
        if (outcome == ClaimOutcome.Full)
        {
            ThrowEnded(cancellation);
        }

        return outcome;
    }

    [DoesNotReturn]
    private static void ThrowEnded(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        throw new ObjectDisposedException("Sender", "The sender was disposed.");
    }
}
