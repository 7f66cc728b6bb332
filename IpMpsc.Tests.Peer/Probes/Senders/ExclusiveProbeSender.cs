namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Probes through an <see cref="ExclusiveSender{T}"/>.</summary>
public sealed class ExclusiveProbeSender<T>(string channel, IpcChannelOptions? options) : ProbeSender
    where T : struct, IProbeMessage<T>
{
    private readonly ExclusiveSender<T> _sender = ExclusiveSender<T>.Open(channel, options);

    public override void Send(Probe probe, CancellationToken cancellation) => _sender.Send(T.From(probe), cancellation);

    public override bool TrySend(Probe probe) => _sender.TrySend(T.From(probe));

    public override bool TrySend(Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        _sender.TrySend(T.From(probe), timeout, cancellation);

    public override void SendWhenEmpty(Probe probe, CancellationToken cancellation) =>
        _sender.SendWhenEmpty(T.From(probe), cancellation);

    public override bool TrySendWhenEmpty(Probe probe, TimeSpan timeout, CancellationToken cancellation) =>
        _sender.TrySendWhenEmpty(T.From(probe), timeout, cancellation);

    public override void SendBatch(IReadOnlyList<Probe> probes, CancellationToken cancellation) =>
        _sender.SendBatch(probes.Select(T.From).ToArray(), cancellation);

    public override int TrySendBatch(IReadOnlyList<Probe> probes) => _sender.TrySendBatch(probes.Select(T.From).ToArray());

    public override void Claim(Probe probe, ClaimEnd end, Action? whileHeld, CancellationToken cancellation)
    {
        using Claim<T> claim = T.Claim(_sender, probe, cancellation);
        claim.FillAndEnd(probe, end, whileHeld);
    }

    public override bool TryClaim(
        Probe probe, ClaimEnd end, TimeSpan timeout, Action? whileHeld, CancellationToken cancellation)
    {
        if (!T.TryClaim(_sender, probe, timeout, cancellation, out Claim<T> claim))
        {
            return false;
        }

        using (claim)
        {
            claim.FillAndEnd(probe, end, whileHeld);
            return true;
        }
    }

    public override void Dispose() => _sender.Dispose();
}
