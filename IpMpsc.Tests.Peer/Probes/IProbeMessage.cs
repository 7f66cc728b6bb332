namespace IpMpsc.Tests.Peer.Probes;

/// <summary>A generated message that carries a probe, in its owned form and in place.</summary>
public interface IProbeMessage<TSelf> : IChannelMessage<TSelf> where TSelf : struct, IProbeMessage<TSelf>
{
    static abstract TSelf From(Probe probe);

    /// <summary>Checks an owned copy.</summary>
    Probe Verify();

    /// <summary>Checks a message in the ring, through its view.</summary>
    static abstract Probe Verify(ReceivedMessage<TSelf> message);

    static abstract Claim<TSelf> Claim(Sender<TSelf> sender, Probe probe, CancellationToken cancellation);

    static abstract Claim<TSelf> Claim(ExclusiveSender<TSelf> sender, Probe probe, CancellationToken cancellation);

    static abstract bool TryClaim(
        Sender<TSelf> sender, Probe probe, TimeSpan timeout, CancellationToken cancellation, out Claim<TSelf> claim);

    static abstract bool TryClaim(
        ExclusiveSender<TSelf> sender, Probe probe, TimeSpan timeout, CancellationToken cancellation, out Claim<TSelf> claim);

    /// <summary>Fills a claim in place, through its writer.</summary>
    static abstract void Fill(Claim<TSelf> claim, Probe probe);
}
