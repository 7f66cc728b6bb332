namespace IpMpsc.Tests.Peer.Probes;

/// <summary>How a claim ends.</summary>
public enum ClaimEnd
{
    Commit,
    Abort,

    /// <summary>Dispose without a commit.</summary>
    Dispose,
}
