using System.Globalization;

namespace IpMpsc.Judging;

/// <summary>Says what the receiver of a channel finds next, and which process it waits for.</summary>
internal static class HeadInWords
{
    /// <summary>A sentence or two.</summary>
    public static string Of(ChannelInfo channel) => channel.Head switch
    {
        HeadState.Empty when channel is { HeldMessages: > 0, IsReceiverAttached: true } =>
            $"Everything was received; the receiver, {Name(channel.Receiver)}, holds {Wording.Messages(channel.HeldMessages)}.",
        HeadState.Empty => $"No messages are waiting. {Receiver(channel)}",
        HeadState.Ready => $"The next message is ready. {Receiver(channel)}",
        HeadState.Claimed => Claimed(channel),
        HeadState.Abandoned =>
            $"{Words(Holder(channel))} died within its claim at the head. " +
            (channel.IsReceiverAttached
                ? $"The receiver, {Name(channel.Receiver)}, steps over it at its next receive."
                : $"The next receiver steps over it, or 'ipmpsc recover {channel.Name}' does."),
        _ => $"{Corrupt(channel.NextPosition)} 'ipmpsc recover {channel.Name} --skip-corrupt' resumes behind it.",
    };

    /// <summary>What is wrong with a corrupt record.</summary>
    public static string Corrupt(long position) =>
        string.Create(CultureInfo.InvariantCulture, $"The record at position {position:N0} is corrupt: another program wrote into the file.");

    /// <summary>A word or two, for a column.</summary>
    public static string Brief(ChannelInfo channel) => channel.Head switch
    {
        HeadState.Empty when channel is { HeldMessages: > 0, IsReceiverAttached: true } => "held",
        HeadState.Empty => "empty",
        HeadState.Ready => channel.IsReceiverAttached ? "ready" : "no receiver",
        HeadState.Claimed => channel.BlockedBy is { } sender ? $"waits for {sender.Participant.ProcessId}" : "claimed",
        HeadState.Abandoned => "dead claim",
        _ => "corrupt",
    };

    private static string Claimed(ChannelInfo channel)
    {
        ChannelSenderInfo? holder = Holder(channel);
        string since = holder?.ClaimSince is { } time ? $" for at least {Wording.Since(time)}" : "";
        return channel.IsReceiverAttached
            ? $"{Words(holder)} has held the claim at the head{since} without committing or aborting it. " +
                $"The receiver, {Name(channel.Receiver)}, and all messages behind it wait for it."
            : $"{Words(holder)} has held the claim at the head{since}. {Receiver(channel)}";
    }

    /// <summary>The owner of the claim at the head: the sender that the receiver waits for, otherwise the one whose slot covers the head.</summary>
    public static ChannelSenderInfo? Holder(ChannelInfo channel) => channel.BlockedBy ?? channel.Senders.FirstOrDefault(sender =>
        sender.ClaimPosition >= 0
        && sender.ClaimPosition <= channel.NextPosition
        && channel.NextPosition - sender.ClaimPosition < sender.ClaimLength);

    private static string Words(ChannelSenderInfo? sender) =>
        sender is null ? "A sender" : $"Sender {Name(sender.Participant)}";

    private static string Receiver(ChannelInfo channel) => (channel.IsReceiverAttached, channel.Receiver) switch
    {
        (true, var receiver) => $"The receiver is {Name(receiver)}.",
        (_, null) => "No receiver has been attached yet.",
        (_, var last) => $"No receiver is attached; the last one was {Name(last)}.",
    };

    /// <summary>Name and process of a participant.</summary>
    public static string Name(ChannelParticipant? participant) =>
        participant is null ? "unknown" : $"'{Wording.Clean(participant.Name)}' (process {participant.ProcessId})";
}
