using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Observing;
using IpMpsc.Segments;

namespace IpMpsc;

/// <summary>
/// Reads every message of a channel as it passes, beside the receiver and without taking part: the message is received all the same. Get one
/// from <see cref="ChannelObserver.OpenTap"/>.
/// </summary>
/// <remarks>
/// <para>
/// A tap never holds up senders or the receiver. If it is so slow that the senders come round the ring and overtake it, it continues at the message
/// that the receiver is at, and counts what it missed.
/// </para>
/// <para>
/// A tap maps the channel for reading only and cannot be woken, so it looks for new messages once a millisecond. Not thread-safe. Different taps can be used
/// at the same time. It reads until its observer is disposed.
/// </para>
/// </remarks>
public sealed class ChannelTap
{
    /// <summary>How often a tap that has read everything looks again.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    private readonly ChannelObserver _observer;
    private readonly RingTap _ring;

    internal ChannelTap(ChannelObserver observer, SegmentView segment)
    {
        _observer = observer;
        _ring = new RingTap(segment);
    }

    /// <summary>
    /// The number of messages that senders overwrote before the tap could read them. It is computed from the channel's counter, and may be off by one
    /// for each time that the tap was overtaken.
    /// </summary>
    public long MissedMessages => _ring.MissedMessages;

    /// <summary>The bytes of the ring that these messages took, with headers and fillers.</summary>
    public long MissedBytes => _ring.MissedBytes;

    /// <summary>Reads the next message, if one was sent.</summary>
    /// <param name="message">A copy of the message.</param>
    /// <returns>False if there is no further message now.</returns>
    /// <exception cref="ObjectDisposedException">The observer was disposed.</exception>
    public bool TryRead([NotNullWhen(true)] out PeekedMessage? message)
    {
        bool read = _observer.TryReadTap(_ring, out CopiedRecord record);
        message = read ? PeekedMessage.Of(record) : null;
        return read;
    }

    /// <summary>All messages from now on, for <c>foreach</c>. The loop ends with <c>break</c> or with the token.</summary>
    /// <param name="cancellationToken">Ends the loop with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ObjectDisposedException">The observer was disposed.</exception>
    public IEnumerable<PeekedMessage> ReadAll(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (TryRead(out PeekedMessage? message))
            {
                yield return message;
            }

            cancellationToken.WaitHandle.WaitOne(s_pause);
        }
    }

    /// <summary>All messages from now on, for <c>await foreach</c>. The loop ends with <c>break</c> or with the token.</summary>
    /// <param name="cancellationToken">Ends the loop with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ObjectDisposedException">The observer was disposed.</exception>
    public async IAsyncEnumerable<PeekedMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (TryRead(out PeekedMessage? message))
            {
                yield return message;
            }

            await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
