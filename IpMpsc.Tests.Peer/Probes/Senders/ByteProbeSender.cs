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
        _sender.SendBatch(Messages(probes), cancellation);

    public override int TrySendBatch(IReadOnlyList<Probe> probes) => _sender.TrySendBatch(Messages(probes));

    public override void Claim(Probe probe, ClaimEnd end, Action? whileHeld, CancellationToken cancellation)
    {
        using ByteClaim claim = _sender.Claim(LengthOf(probe, end), cancellation);
        FillAndEnd(claim, probe, end, whileHeld);
    }

    public override bool TryClaim(
        Probe probe, ClaimEnd end, TimeSpan timeout, Action? whileHeld, CancellationToken cancellation)
    {
        if (!_sender.TryClaim(LengthOf(probe, end), out ByteClaim claim, timeout, cancellation))
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

    private static ReadOnlyMemory<byte>[] Messages(IReadOnlyList<Probe> probes) =>
        [.. probes.Select(probe => new ReadOnlyMemory<byte>(ByteProbe.From(probe)))];

    /// <summary>From nothing to 64 bytes more than the message, so that the rest has every size up to some records.</summary>
    private int LengthOf(Probe probe, ClaimEnd end) => end == ClaimEnd.CommitShorter
        ? Math.Min(probe.Length + (int)(probe.Sequence % 65), _sender.MaxMessageSize)
        : probe.Length;

    private void FillAndEnd(ByteClaim claim, Probe probe, ClaimEnd end, Action? whileHeld)
    {
        ByteProbe.Fill(claim.Payload[..probe.Length], probe);
        whileHeld?.Invoke();
        switch (end)
        {
            case ClaimEnd.CommitShorter:
                _writer.Begin(claim);
                ByteProbe.From(probe).CopyTo(_writer.GetSpan(probe.Length));
                _writer.Advance(probe.Length);
                claim.Commit(_writer.WrittenCount);
                break;

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
