namespace IpMpsc.Tests.Peer;

/// <summary>How a command of the peer ended.</summary>
public enum ExitCode
{
    Success = 0,

    /// <summary>A message was lost, duplicated, out of order or not what was sent.</summary>
    Wrong = 1,

    /// <summary>The command line is not valid.</summary>
    Usage = 2,

    /// <summary>The library threw one of its exceptions.</summary>
    Channel = 3,

    /// <summary>Any other exception.</summary>
    Failure = 4,
}
