using System.Text.Json.Serialization;

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
    long NextPosition,
    long TailPosition,
    long HeldMessages,
    long HeldBytes,
    DateTimeOffset? HeldSince,
    HeadState Head,
    string HeadInWords,
    bool Retired,
    ParticipantReport? Receiver,
    bool ReceiverAlive,
    long MessagesReceived,
    long BytesReceived,
    long DroppedBySenders,
    long DroppedByReceiver,
    int MaxSenders,
    int SenderProcesses,
    IReadOnlyList<SenderReport> Senders,
    IReadOnlyList<string> Messages,
    string Schema)
{
    /// <summary>The verdicts about the channel, the worst first; null after a single look, which cannot tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChannelVerdict>? Verdicts { get; init; }

    /// <summary>Who owns the file; null where nobody asked, and on Windows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Owner { get; init; }

    /// <summary>The group of the file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>The mode of the file, such as 0660.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Mode { get; init; }

    public static ChannelReport Of(ChannelInfo channel) => new(
        channel.Name,
        channel.Path,
        channel.Id,
        channel.Created,
        ParticipantReport.Of(channel.Creator)!,
        channel.Capacity,
        channel.BytesUsed,
        channel.HeadPosition,
        channel.NextPosition,
        channel.TailPosition,
        channel.HeldMessages,
        channel.HeldBytes,
        channel.HeldSince,
        channel.Head,
        Judging.HeadInWords.Of(channel),
        channel.IsRetired,
        ParticipantReport.Of(channel.Receiver),
        channel.IsReceiverAttached,
        channel.MessagesReceived,
        channel.BytesReceived,
        channel.DroppedBySenders,
        channel.DroppedByReceiver,
        channel.MaxSenders,
        Judging.SenderProcesses.Count(channel),
        [.. channel.Senders.Select(SenderReport.Of)],
        ReadableSchema.Names(channel.Schema),
        channel.Schema);
}
