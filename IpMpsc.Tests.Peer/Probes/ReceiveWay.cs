namespace IpMpsc.Tests.Peer.Probes;

/// <summary>The ways to receive many messages.</summary>
public enum ReceiveWay
{
    Receive,

    /// <summary>TryReceive, again and again.</summary>
    TryReceive,

    /// <summary>TryReceive with a timeout, again and again.</summary>
    TryReceiveFor,

    /// <summary>ReceiveMessage: verified in place, then released.</summary>
    InPlace,

    /// <summary>TryReceiveMessage, again and again.</summary>
    TryInPlace,

    /// <summary>TryReceiveMessage with a timeout, again and again.</summary>
    TryInPlaceFor,

    ReadAll,

    /// <summary>Drain, again and again.</summary>
    Drain,
}
