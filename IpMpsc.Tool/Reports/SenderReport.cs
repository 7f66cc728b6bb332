namespace IpMpsc.Tool.Reports;

/// <summary>One sender, for programs.</summary>
internal sealed record SenderReport(
    int Slot, int Pid, string Name, DateTimeOffset Joined, bool Alive, long Messages, long Bytes, long Waits, long Dropped, ClaimReport? Claim)
{
    public static SenderReport Of(ChannelSenderInfo sender) => new(
        sender.Slot,
        sender.Participant.ProcessId,
        sender.Participant.Name,
        sender.Participant.Joined,
        sender.IsAttached,
        sender.MessagesSent,
        sender.BytesSent,
        sender.Waits,
        sender.Dropped,
        sender.ClaimSince is { } since ? new ClaimReport(sender.ClaimPosition, sender.ClaimLength, since) : null);
}
