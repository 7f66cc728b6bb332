using System.Diagnostics.CodeAnalysis;
using IpMpsc.Receiving;
using IpMpsc.Ring;

namespace IpMpsc.Objects;

/// <summary>Presents an object receiver as a reader of System.Threading.Channels.</summary>
internal sealed class ObjectChannelReader<T>(ObjectReceiver<T> receiver, RingConsumer consumer) : CompletingReader<T>(consumer)
{
    public override bool TryRead([MaybeNullWhen(false)] out T item)
    {
        try
        {
            return receiver.TryReceive(out item);
        }
        catch (ObjectDisposedException) when (IsDisposed)
        {
            return HasNone(out item);
        }
    }

    protected override ValueTask<bool> WaitToReceiveAsync(CancellationToken cancellationToken) => receiver.WaitToReceiveAsync(cancellationToken);
}
