using IpMpsc.Layout;

namespace IpMpsc;

/// <summary>Who takes, or took, part in a channel; as the participant said of itself, for people to read.</summary>
/// <param name="ProcessId">Its process in its own pid namespace, which need not be that of the reader.</param>
/// <param name="Name">What it is called: <see cref="IpcChannelOptions.ParticipantName"/>.</param>
/// <param name="Joined">When it opened the channel.</param>
public sealed record ChannelParticipant(int ProcessId, string Name, DateTimeOffset Joined)
{
    internal static ChannelParticipant Of(IdentityBlock identity) => new(identity.ProcessId, identity.Name, identity.Joined);
}
