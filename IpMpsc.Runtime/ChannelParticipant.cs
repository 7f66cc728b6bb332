using IpMpsc.Layout;

namespace IpMpsc;

/// <summary>A present or former participant of a channel, as it described itself; for display.</summary>
/// <param name="ProcessId">Its process id, in its own pid namespace, which may not be the reader's.</param>
/// <param name="Name">What it is called: <see cref="IpcChannelOptions.ParticipantName"/>.</param>
/// <param name="Joined">When it opened the channel.</param>
public sealed record ChannelParticipant(int ProcessId, string Name, DateTimeOffset Joined)
{
    internal static ChannelParticipant Of(IdentityBlock identity) => new(identity.ProcessId, identity.Name, identity.Joined);
}
