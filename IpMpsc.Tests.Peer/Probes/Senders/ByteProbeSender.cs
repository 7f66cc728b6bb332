namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Probes through a <see cref="ByteSender"/>.</summary>
public sealed class ByteProbeSender(string channel, IpcChannelOptions? options) : ProbeSender
{
    private readonly ByteSender _sender = ByteSender.Open(channel, options);
    private readonly ByteClaimWriter _writer = new();

    public override void Send(Probe probe, CancellationToken cancellation) => _sender.Send(ByteProbe.From(probe), cancellation);

    public override bool TrySend(Probe probe) => _sender.TrySend(ByteProbe.From(probe));

    public override bool TrySend(Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        _sender.TrySend(ByteProbe.From(probe), timeout, cancellation);

    public override void SendWhenEmpty(Probe probe, CancellationToken cancellation) =>
        _sender.SendWhenEmpty(ByteProbe.From(probe), cancellation);

    public override bool TrySendWhenEmpty(Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        _sender.TrySendWhenEmpty(ByteProbe.From(probe), timeout, cancellation);

    public override void SendBatch(IReadOnlyList<Probe> probes, CancellationToken cancellation) =>
        _sender.SendBatch(ByteProbe.Payloads(probes), cancellation);

    public override int TrySendBatch(IReadOnlyList<Probe> probes) => _sender.TrySendBatch(ByteProbe.Payloads(probes));

    public override void Claim(Probe probe, ClaimEnd end, Action? whileHeld, CancellationToken cancellation)
    {
        using ByteClaim claim = _sender.Claim(ByteProbe.RoomFor(probe, end, _sender.MaxMessageSize), cancellation);
        claim.FillAndEnd(probe, end, _writer, whileHeld);
    }

    public override bool TryClaim(
        Probe probe, ClaimEnd end, TimeSpan timeout, Action? whileHeld, CancellationToken cancellation)
    {
        if (!_sender.TryClaim(ByteProbe.RoomFor(probe, end, _sender.MaxMessageSize), out ByteClaim claim, timeout, cancellation))
        {
            return false;
        }

        using (claim)
        {
            claim.FillAndEnd(probe, end, _writer, whileHeld);
            return true;
        }
    }

    public override void Dispose() => _sender.Dispose();
}
