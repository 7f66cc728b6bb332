namespace IpMpsc.Tests.Peer.Probes;

/// <summary>What a channel of probes carries.</summary>
public enum ProbeKind
{
    /// <summary>A fixed-size struct, its own wire image.</summary>
    Fixed,

    /// <summary>A struct with text and bytes.</summary>
    Variable,

    /// <summary>Raw bytes.</summary>
    Bytes,
}
