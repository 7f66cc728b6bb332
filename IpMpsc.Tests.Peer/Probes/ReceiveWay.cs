namespace IpMpsc.Tests.Peer.Probes;

/// <summary>The ways to receive many messages.</summary>
public enum ReceiveWay
{
    Receive,

    /// <summary>TryReceive, again and again.</summary>
    TryReceive,

    /// <summary>TryReceive with a timeout, again and again.</summary>
    TryReceiveFor,

    /// <summary>ReceiveInPlace: verified in place, then released.</summary>
    InPlace,

    /// <summary>TryReceiveInPlace, again and again.</summary>
    TryInPlace,

    /// <summary>TryReceiveInPlace with a timeout, again and again.</summary>
    TryInPlaceFor,

    ReadAll,

    /// <summary>Drain, again and again.</summary>
    Drain,

    /// <summary>ReceiveBatch.</summary>
    Batch,

    /// <summary>TryReceiveBatch, again and again.</summary>
    TryBatch,

    /// <summary>TryReceiveBatch with a timeout, again and again.</summary>
    TryBatchFor,
}
