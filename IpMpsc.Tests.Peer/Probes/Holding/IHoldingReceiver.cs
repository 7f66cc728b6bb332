namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Holding, for every kind of channel. Each message is verified when it is taken, and again right before its release.</summary>
internal interface IHoldingReceiver : IDisposable
{
    bool TryHold(out Probe probe, out IDisposable? message, bool waits);

    void Rewind();
}
