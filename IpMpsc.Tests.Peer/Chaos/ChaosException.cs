namespace IpMpsc.Tests.Peer.Chaos;

/// <summary>Something was lost, or somebody hung.</summary>
internal sealed class ChaosException(string message) : Exception(message);
