namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Which of the library's senders sends.</summary>
public enum SenderFlavour
{
    Shared,
    Exclusive,
}
