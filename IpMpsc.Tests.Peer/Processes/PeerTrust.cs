namespace IpMpsc.Tests.Peer.Processes;

/// <summary>Whose channels a peer opens: those of its user, unless the test that starts it says otherwise.</summary>
public static class PeerTrust
{
    /// <summary>The environment variable with owners, separated by commas.</summary>
    public const string Variable = "IPMPSC_PEER_TRUST";

    private static readonly ChannelOwner[]? s_owners =
        Environment.GetEnvironmentVariable(Variable)?.Split(',').Select(static owner => ChannelOwner.Parse(owner)).ToArray();

    /// <summary>The options of a channel that the peer opens.</summary>
    public static IpcChannelOptions? Apply(IpcChannelOptions? options) =>
        s_owners is null ? options : (options ?? new IpcChannelOptions()) with { TrustedOwners = s_owners };
}
