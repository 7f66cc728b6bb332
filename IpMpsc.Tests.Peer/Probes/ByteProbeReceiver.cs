namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Probes through a <see cref="ByteReceiver"/>.</summary>
public sealed class ByteProbeReceiver(ByteReceiver receiver) : ProbeReceiver
{
    private readonly byte[] _buffer = new byte[receiver.MaxMessageSize];

    public override int MaxMessageSize => receiver.MaxMessageSize;

    public override Probe Receive(CancellationToken cancellation) => ByteProbe.Verify(receiver.Receive(cancellation));

    public override bool TryReceive(out Probe probe) =>
        Verified(receiver.TryReceive(_buffer, out int length), length, out probe);

    public override bool TryReceive(out Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        Verified(receiver.TryReceive(_buffer, out int length, timeout, cancellation), length, out probe);

    public override Probe ReceiveInPlace(Action<Probe>? whileHeld, CancellationToken cancellation)
    {
        using ReceivedBytes message = receiver.ReceiveInPlace(cancellation);
        Probe probe = ByteProbe.Verify(message.Payload);
        whileHeld?.Invoke(probe);
        return ByteProbe.Verify(message.Payload);
    }

    public override bool TryReceiveInPlace(out Probe probe)
    {
        bool received = receiver.TryReceiveInPlace(out ReceivedBytes message);
        return VerifyAndRelease(received, message, out probe);
    }

    public override bool TryReceiveInPlace(out Probe probe, TimeSpan timeout, CancellationToken cancellation)
    {
        bool received = receiver.TryReceiveInPlace(out ReceivedBytes message, timeout, cancellation);
        return VerifyAndRelease(received, message, out probe);
    }

    public override void ReadAll(Func<Probe, bool> take, CancellationToken cancellation)
    {
        foreach (ReceivedBytes message in receiver.ReadAll(cancellation))
        {
            if (!take(ByteProbe.Verify(message.Payload)))
            {
                break;
            }
        }
    }

    public override int Drain(Action<Probe> take, int maxMessages) =>
        receiver.Drain(message => take(ByteProbe.Verify(message.Payload)), maxMessages);

    public override void Dispose() => receiver.Dispose();

    private bool Verified(bool received, int length, out Probe probe)
    {
        probe = received ? ByteProbe.Verify(_buffer.AsSpan(0, length)) : default;
        return received;
    }

    private static bool VerifyAndRelease(bool received, ReceivedBytes message, out Probe probe)
    {
        using (message)
        {
            probe = received ? ByteProbe.Verify(message.Payload) : default;
            return received;
        }
    }
}
