namespace IpMpsc.Tests.Peer.Probes;

/// <summary>How a claim ends.</summary>
public enum ClaimEnd
{
    Commit,

    /// <summary>Claim more than the message needs, through a writer, and commit what it needs.</summary>
    CommitShorter,

    Abort,

    /// <summary>Dispose without a commit.</summary>
    Dispose,
}
