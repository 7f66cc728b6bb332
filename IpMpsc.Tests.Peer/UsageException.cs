namespace IpMpsc.Tests.Peer;

/// <summary>The command line is not valid.</summary>
internal sealed class UsageException(string message) : Exception(message);
