namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Holds the messages of a <see cref="Receiver{T}"/>.</summary>
internal sealed class HoldingReceiver<T>(string channel) : IHoldingReceiver where T : struct, IProbeMessage<T>
{
    private readonly Receiver<T> _receiver = Receiver<T>.Open(channel);

    public bool TryHold(out Probe probe, out IDisposable? message, bool waits)
    {
        HeldMessage<T> held = default;
        if (waits)
        {
            held = _receiver.Hold();
        }
        else if (!_receiver.TryHold(out held))
        {
            (probe, message) = (default, null);
            return false;
        }

        probe = held.Read().Verify();
        message = new VerifiedRelease(held);
        return true;
    }

    public void Rewind() => _receiver.Rewind();

    public void Dispose() => _receiver.Dispose();

    private sealed class VerifiedRelease(HeldMessage<T> message) : IDisposable
    {
        public void Dispose()
        {
            message.Read().Verify();
            message.Dispose();
        }
    }
}
