using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Reports;

/// <summary>Says what the receiver of a channel finds next, and for whom it waits.</summary>
internal static class HeadInWords
{
    /// <summary>A sentence or two.</summary>
    public static string Of(ChannelInfo channel) => channel.Head switch
    {
        HeadState.Empty => $"Nothing waits. {Receiver(channel)}",
        HeadState.Ready => $"The next message is ready. {Receiver(channel)}",
        HeadState.Claimed => Claimed(channel),
        HeadState.Abandoned =>
            $"{Words(Holder(channel))} died within its claim at the head. " +
            (channel.IsReceiverAttached
                ? $"The receiver, {Name(channel.Receiver)}, steps over it when it looks next."
                : $"The next receiver steps over it, or 'ipmpsc recover {channel.Name}' does."),
        _ => $"{Corrupt(channel.HeadPosition)} 'ipmpsc recover {channel.Name} --skip-corrupt' goes on behind it.",
    };

    /// <summary>What is wrong with a record that cannot be true.</summary>
    public static string Corrupt(long position) =>
        $"What stands at position {position:N0} is none that a sender made: another program wrote into the file.";

    /// <summary>A word or two, for a column.</summary>
    public static string Brief(ChannelInfo channel) => channel.Head switch
    {
        HeadState.Empty => "empty",
        HeadState.Ready => channel.IsReceiverAttached ? "ready" : "no receiver",
        HeadState.Claimed => channel.BlockedBy is { } sender ? $"waits for {sender.Participant.ProcessId}" : "claimed",
        HeadState.Abandoned => "dead claim",
        _ => "corrupt",
    };

    private static string Claimed(ChannelInfo channel)
    {
        ChannelSenderInfo? holder = Holder(channel);
        string since = holder?.ClaimSince is { } time ? $" for at least {Format.Since(time)}" : "";
        return channel.IsReceiverAttached
            ? $"{Words(holder)} has held the claim at the head{since} and neither committed nor aborted it. " +
                $"The receiver, {Name(channel.Receiver)}, waits for it, and so does everything behind it."
            : $"{Words(holder)} has held the claim at the head{since}. {Receiver(channel)}";
    }

    /// <summary>Whose claim is at the head: whom the receiver waits for or, if there is none that does, whose slot says so.</summary>
    private static ChannelSenderInfo? Holder(ChannelInfo channel) => channel.BlockedBy ?? channel.Senders.FirstOrDefault(sender =>
        sender.ClaimPosition >= 0
        && sender.ClaimPosition <= channel.HeadPosition
        && channel.HeadPosition - sender.ClaimPosition < sender.ClaimLength);

    private static string Words(ChannelSenderInfo? sender) =>
        sender is null ? "A sender" : $"Sender {Name(sender.Participant)}";

    private static string Receiver(ChannelInfo channel) => (channel.IsReceiverAttached, channel.Receiver) switch
    {
        (true, var receiver) => $"The receiver is {Name(receiver)}.",
        (_, null) => "There has been no receiver yet.",
        (_, var last) => $"There is no receiver; the last one was {Name(last)}.",
    };

    private static string Name(ChannelParticipant? participant) =>
        participant is null ? "unknown" : $"'{Terminal.Clean(participant.Name)}' (process {participant.ProcessId})";
}
