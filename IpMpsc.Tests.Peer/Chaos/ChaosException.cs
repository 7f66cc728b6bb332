namespace IpMpsc.Tests.Peer.Chaos;

/// <summary>A message was lost, or a process hung.</summary>
internal sealed class ChaosException(string message) : Exception(message);
