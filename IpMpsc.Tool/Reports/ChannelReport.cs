namespace IpMpsc.Tool.Reports;

/// <summary>A channel, for programs. Positions and sizes are in bytes.</summary>
internal sealed record ChannelReport(
    string Name,
    string Path,
    Guid Id,
    DateTimeOffset Created,
    ParticipantReport Creator,
    long Capacity,
    long Used,
    long HeadPosition,
    long TailPosition,
    HeadState Head,
    string HeadInWords,
    bool Retired,
    ParticipantReport? Receiver,
    bool ReceiverAlive,
    long MessagesReceived,
    long BytesReceived,
    int MaxSenders,
    IReadOnlyList<SenderReport> Senders,
    IReadOnlyList<string> Messages,
    string Schema)
{
    public static ChannelReport Of(ChannelInfo channel) => new(
        channel.Name,
        channel.Path,
        channel.Id,
        channel.Created,
        ParticipantReport.Of(channel.Creator)!,
        channel.Capacity,
        channel.BytesUsed,
        channel.HeadPosition,
        channel.TailPosition,
        channel.Head,
        Reports.HeadInWords.Of(channel),
        channel.IsRetired,
        ParticipantReport.Of(channel.Receiver),
        channel.IsReceiverAttached,
        channel.MessagesReceived,
        channel.BytesReceived,
        channel.MaxSenders,
        [.. channel.Senders.Select(SenderReport.Of)],
        ReadableSchema.Names(channel.Schema),
        channel.Schema);
}
