namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Probes through a <see cref="ByteSender"/>, which has no batches.</summary>
public sealed class ByteProbeSender(string channel, IpcChannelOptions? options) : ProbeSender
{
    private readonly ByteSender _sender = ByteSender.Open(channel, options);

    public override void Send(Probe probe, CancellationToken cancellation) => _sender.Send(ByteProbe.From(probe), cancellation);

    public override bool TrySend(Probe probe) => _sender.TrySend(ByteProbe.From(probe));

    public override bool TrySend(Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        _sender.TrySend(ByteProbe.From(probe), timeout, cancellation);

    public override void SendWhenEmpty(Probe probe, CancellationToken cancellation) =>
        _sender.SendWhenEmpty(ByteProbe.From(probe), cancellation);

    public override bool TrySendWhenEmpty(Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        _sender.TrySendWhenEmpty(ByteProbe.From(probe), timeout, cancellation);

    public override void SendBatch(IReadOnlyList<Probe> probes, CancellationToken cancellation) =>
        throw new NotSupportedException("Raw bytes have no batches.");

    public override int TrySendBatch(IReadOnlyList<Probe> probes) => throw new NotSupportedException("Raw bytes have no batches.");

    public override void Claim(Probe probe, ClaimEnd end, Action? whileHeld, CancellationToken cancellation)
    {
        using ByteClaim claim = _sender.Claim(probe.Length, cancellation);
        FillAndEnd(claim, probe, end, whileHeld);
    }

    public override bool TryClaim(
        Probe probe, ClaimEnd end, TimeSpan timeout, Action? whileHeld, CancellationToken cancellation)
    {
        if (!_sender.TryClaim(probe.Length, out ByteClaim claim, timeout, cancellation))
        {
            return false;
        }

        using (claim)
        {
            FillAndEnd(claim, probe, end, whileHeld);
            return true;
        }
    }

    public override void Dispose() => _sender.Dispose();

    private static void FillAndEnd(ByteClaim claim, Probe probe, ClaimEnd end, Action? whileHeld)
    {
        ByteProbe.Fill(claim.Payload, probe);
        whileHeld?.Invoke();
        switch (end)
        {
            case ClaimEnd.Commit:
                claim.Commit();
                break;

            case ClaimEnd.Abort:
                claim.Abort();
                break;

            default:
                claim.Dispose();
                break;
        }
    }
}
