namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Which of the library's senders sends. Raw bytes have only the shared one.</summary>
public enum SenderFlavour
{
    Shared,
    Exclusive,
}
