namespace IpMpsc.Tests.Peer.Processes;

/// <summary>Whose channels a peer opens, and who may open those that it creates: only its own user, unless the test that starts it says otherwise.</summary>
public static class PeerAccess
{
    /// <summary>The environment variable with the owners that it trusts, separated by commas.</summary>
    public const string TrustVariable = "IPMPSC_PEER_TRUST";

    /// <summary>The environment variable that says who may open its channels.</summary>
    public const string SharingVariable = "IPMPSC_PEER_ACCESS";

    private static readonly ChannelOwner[]? s_owners =
        Environment.GetEnvironmentVariable(TrustVariable)?.Split(',').Select(static owner => ChannelOwner.Parse(owner)).ToArray();

    private static readonly ChannelSharing s_sharing =
        ChannelSharing.Parse(Environment.GetEnvironmentVariable(SharingVariable) ?? nameof(ChannelSharing.OwnerOnly));

    /// <summary>The options of a channel that the peer opens or creates.</summary>
    public static IpcChannelOptions Apply(IpcChannelOptions? options) =>
        (options ?? new IpcChannelOptions()) with { TrustedOwners = s_owners, Access = s_sharing };
}
