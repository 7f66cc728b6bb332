namespace IpMpsc.Tool.Reports;

/// <summary>A participant, for programs.</summary>
internal sealed record ParticipantReport(int Pid, string Name, DateTimeOffset Joined)
{
    public static ParticipantReport? Of(ChannelParticipant? participant) =>
        participant is null ? null : new ParticipantReport(participant.ProcessId, participant.Name, participant.Joined);
}
