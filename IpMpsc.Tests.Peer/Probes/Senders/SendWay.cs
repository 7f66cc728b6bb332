namespace IpMpsc.Tests.Peer.Probes;

/// <summary>The ways to send many messages.</summary>
public enum SendWay
{
    Send,

    /// <summary>TrySend, again and again.</summary>
    TrySend,

    /// <summary>TrySend with a timeout, again and again.</summary>
    TrySendFor,

    SendWhenEmpty,

    SendBatch,

    /// <summary>TrySendBatch, again and again, each time with what was not sent yet.</summary>
    TrySendBatch,

    /// <summary>Claim, fill in place, commit.</summary>
    Claim,

    /// <summary>Like <see cref="Claim"/>, with a claim that is aborted or disposed before each one that is committed.</summary>
    ClaimAndAbort,

    /// <summary>Claim more than the message needs, fill in place, commit what it needs; raw bytes only.</summary>
    ClaimMore,
}
