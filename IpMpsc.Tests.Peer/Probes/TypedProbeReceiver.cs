namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Probes through a <see cref="Receiver{T}"/>.</summary>
public sealed class TypedProbeReceiver<T>(Receiver<T> receiver) : ProbeReceiver where T : struct, IProbeMessage<T>
{
    public override int MaxMessageSize => receiver.MaxMessageSize;

    public override Probe Receive(CancellationToken cancellation) => receiver.Receive(cancellation).Verify();

    public override bool TryReceive(out Probe probe) => Verified(receiver.TryReceive(out T message), message, out probe);

    public override bool TryReceive(out Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        Verified(receiver.TryReceive(out T message, timeout, cancellation), message, out probe);

    public override Probe ReceiveInPlace(Action<Probe>? whileHeld, CancellationToken cancellation)
    {
        using ReceivedMessage<T> message = receiver.ReceiveInPlace(cancellation);
        Probe probe = T.Verify(message);
        whileHeld?.Invoke(probe);
        return T.Verify(message);
    }

    public override bool TryReceiveInPlace(out Probe probe)
    {
        bool received = receiver.TryReceiveInPlace(out ReceivedMessage<T> message);
        return VerifyAndRelease(received, message, out probe);
    }

    public override bool TryReceiveInPlace(out Probe probe, TimeSpan timeout, CancellationToken cancellation)
    {
        bool received = receiver.TryReceiveInPlace(out ReceivedMessage<T> message, timeout, cancellation);
        return VerifyAndRelease(received, message, out probe);
    }

    public override void ReadAll(Func<Probe, bool> take, CancellationToken cancellation)
    {
        foreach (ReceivedMessage<T> message in receiver.ReadAll(cancellation))
        {
            if (!take(T.Verify(message)))
            {
                break;
            }
        }
    }

    public override int Drain(Action<Probe> take, int maxMessages) =>
        receiver.Drain(message => take(T.Verify(message)), maxMessages);

    public override int ReceiveBatch(ReceiveWay way, Action<Probe> take, int maxMessages, TimeSpan timeout, CancellationToken cancellation)
    {
        Span<T> messages = new T[maxMessages];
        int received = way switch
        {
            ReceiveWay.Batch => receiver.ReceiveBatch(messages, cancellation),
            ReceiveWay.TryBatch => receiver.TryReceiveBatch(messages),
            _ => receiver.TryReceiveBatch(messages, timeout, cancellation),
        };
        foreach (T message in messages[..received])
        {
            take(message.Verify());
        }

        return received;
    }

    public override void Dispose() => receiver.Dispose();

    private static bool Verified(bool received, T message, out Probe probe)
    {
        probe = received ? message.Verify() : default;
        return received;
    }

    private static bool VerifyAndRelease(bool received, ReceivedMessage<T> message, out Probe probe)
    {
        using (message)
        {
            probe = received ? T.Verify(message) : default;
            return received;
        }
    }
}
