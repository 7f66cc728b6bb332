namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Holds the messages of a <see cref="ByteReceiver"/>.</summary>
internal sealed class HoldingByteReceiver(string channel) : IHoldingReceiver
{
    private readonly ByteReceiver _receiver = ByteReceiver.Open(channel);

    public bool TryHold(out Probe probe, out IDisposable? message, bool waits)
    {
        HeldBytes held = default;
        if (waits)
        {
            held = _receiver.Hold();
        }
        else if (!_receiver.TryHold(out held))
        {
            (probe, message) = (default, null);
            return false;
        }

        probe = ByteProbe.Verify(held.Payload);
        message = new VerifiedRelease(held);
        return true;
    }

    public void Rewind() => _receiver.Rewind();

    public void Dispose() => _receiver.Dispose();

    private sealed class VerifiedRelease(HeldBytes message) : IDisposable
    {
        public void Dispose()
        {
            ByteProbe.Verify(message.Memory.Span);
            message.Dispose();
        }
    }
}
