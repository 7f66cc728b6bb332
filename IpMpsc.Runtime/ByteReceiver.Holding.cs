using System.Runtime.CompilerServices;
using IpMpsc.Waiting;

namespace IpMpsc;

/// <content>Holding: messages stay in the ring, and usable on any thread, until they are released one by one.</content>
public sealed partial class ByteReceiver
{
    /// <inheritdoc cref="Receiver{T}.NextPosition" />
    public long NextPosition => _consumer.Cursor;

    /// <inheritdoc cref="Receiver{T}.HeldMessages" />
    public int HeldMessages => _consumer.HeldCount;

    /// <inheritdoc cref="Receiver{T}.Hold" />
    public HeldBytes Hold(CancellationToken cancellationToken = default)
    {
        _payloads.Take(cancellationToken);
        return new HeldBytes(_consumer);
    }

    /// <inheritdoc cref="Receiver{T}.TryHold(out HeldMessage{T})" />
    public bool TryHold(out HeldBytes message)
    {
        bool received = _payloads.TryTake();
        message = received ? new HeldBytes(_consumer) : default;
        return received;
    }

    /// <inheritdoc cref="Receiver{T}.TryHold(out HeldMessage{T}, TimeSpan, CancellationToken)" />
    public bool TryHold(out HeldBytes message, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        bool received = _payloads.TryTake(WaitLimit.For(timeout, cancellationToken));
        message = received ? new HeldBytes(_consumer) : default;
        return received;
    }

    /// <inheritdoc cref="Receiver{T}.HoldAsync" />
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<HeldBytes> HoldAsync(CancellationToken cancellationToken = default)
    {
        await _payloads.TakeAsync(cancellationToken).ConfigureAwait(false);
        return new HeldBytes(_consumer);
    }

    /// <inheritdoc cref="Receiver{T}.HoldAllAsync" />
    public async IAsyncEnumerable<HeldBytes> HoldAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryHold(out HeldBytes message))
            {
                yield return message;
            }
        }
    }

    /// <inheritdoc cref="Receiver{T}.ReleaseThrough" />
    public int ReleaseThrough(long position) => _consumer.ReleaseHeldThrough(position);

    /// <inheritdoc cref="Receiver{T}.Rewind" />
    public void Rewind() => _payloads.Rewind();
}
