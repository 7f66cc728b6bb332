namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Every way to send, for every kind of channel and of sender, in this process or in a peer.</summary>
public abstract class ProbeSender : IDisposable
{
    public abstract void Send(Probe probe, CancellationToken cancellation = default);

    public abstract bool TrySend(Probe probe);

    public abstract bool TrySend(Probe probe, TimeSpan timeout, CancellationToken cancellation = default);

    public abstract void SendWhenEmpty(Probe probe, CancellationToken cancellation = default);

    public abstract bool TrySendWhenEmpty(Probe probe, TimeSpan timeout, CancellationToken cancellation = default);

    public abstract void SendBatch(IReadOnlyList<Probe> probes, CancellationToken cancellation = default);

    public abstract int TrySendBatch(IReadOnlyList<Probe> probes);

    /// <summary>Claims, fills, runs <paramref name="whileHeld"/>, and ends the claim.</summary>
    public abstract void Claim(Probe probe, ClaimEnd end, Action? whileHeld = null, CancellationToken cancellation = default);

    /// <summary>Like <see cref="Claim"/>, if there is room within a time.</summary>
    public abstract bool TryClaim(
        Probe probe, ClaimEnd end, TimeSpan timeout, Action? whileHeld = null, CancellationToken cancellation = default);

    /// <summary>Sends a whole plan.</summary>
    public virtual void Stream(ProbeStream stream) => stream.SendTo(this);

    public abstract void Dispose();
}
