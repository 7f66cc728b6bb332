namespace IpMpsc.Tests.Peer.Probes;

/// <summary>A message is not what its sender wrote, or not the one that was due.</summary>
public sealed class ProbeException(string message) : Exception(message);
