using System.Globalization;
using IpMpsc.Judging;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Reports;
using IpMpsc.Tool.Watching;

namespace IpMpsc.Tool.Exporting;

/// <summary>The metrics of channels; docs/tool.md lists them.</summary>
internal static class ChannelMetrics
{
    public static string Of(IReadOnlyList<ChannelSample> samples, DateTimeOffset now)
    {
        MetricsText text = new();
        text.Write("ipmpsc_channels", "Channels that are exported.", [([], samples.Count)]);
        Write("ipmpsc_channel_info", "1 for each channel, with its id, its messages and its receiver.", static _ => 1, static channel =>
        [
            ("id", channel.Id.ToString()),
            ("messages", ReadableSchema.Brief(channel.Schema)),
            ("receiver", channel.IsReceiverAttached ? Terminal.Clean(channel.Receiver?.Name ?? "") : ""),
        ]);
        Write("ipmpsc_created_timestamp_seconds", "When the channel was made, in seconds since 1970.", static channel => channel.Created.ToUnixTimeMilliseconds() / 1000.0);
        Write("ipmpsc_capacity_bytes", "Size of the ring.", static channel => channel.Capacity);
        Write("ipmpsc_used_bytes", "Bytes in the ring, including headers and claims in progress.", static channel => channel.BytesUsed);
        Write("ipmpsc_held_messages", "Messages that the receiver holds.", static channel => channel.HeldMessages);
        Write("ipmpsc_held_bytes", "Bytes that senders cannot use because of these messages.", static channel => channel.HeldBytes);
        Write("ipmpsc_received_messages_total", "Messages received since the channel was made.", static channel => channel.MessagesReceived);
        Write("ipmpsc_received_bytes_total", "Bytes of payload of these messages.", static channel => channel.BytesReceived);
        Write("ipmpsc_dropped_by_senders_total", "Messages that senders dropped because there was no room.", static channel => channel.DroppedBySenders);
        Write("ipmpsc_dropped_by_receiver_total", "Messages that receivers stepped over because newer ones came.", static channel => channel.DroppedByReceiver);
        Write("ipmpsc_claimed_bytes_total", "Bytes of the ring claimed by senders, with headers and fillers.", static channel => channel.TailPosition);
        Write("ipmpsc_released_bytes_total", "Bytes of the ring released by the receiver.", static channel => channel.HeadPosition);
        Write("ipmpsc_receiver_attached", "1 if a receiver is attached, else 0.", static channel => channel.IsReceiverAttached ? 1 : 0);
        Write("ipmpsc_sender_processes", "Processes that have a sender.", static channel => SenderProcesses.Count(channel));
        Write("ipmpsc_sender_slots_used", "Sender slots in use.", static channel => channel.Senders.Count(static sender => sender.IsAttached));
        Write("ipmpsc_sender_slots", "Sender slots of the channel.", static channel => channel.MaxSenders);
        WriteSenders("ipmpsc_sender_messages_total", "Messages that an attached sender has sent.", static sender => sender.MessagesSent);
        WriteSenders("ipmpsc_sender_bytes_total", "Bytes of payload of these messages.", static sender => sender.BytesSent);
        WriteSenders("ipmpsc_sender_waits_total", "How often an attached sender had to wait for room.", static sender => sender.Waits);
        WriteSenders("ipmpsc_sender_dropped_total", "Messages that an attached sender dropped because there was no room.", static sender => sender.Dropped);
        WriteVerdicts("ipmpsc_verdict", "0: no. 1: yes, and harmless. 2: yes, and it needs attention. 3: yes, and the channel is blocked.", static verdict => verdict is null ? 0 : 1 + (int)verdict.Severity);
        WriteVerdicts("ipmpsc_verdict_seconds", "The shortest time for which the verdict has been true; 0 if it is not.", verdict => verdict?.Since is { } since ? Math.Max(0, (now - since).TotalSeconds) : 0);
        return text.ToString();

        void Write(string name, string help, Func<ChannelInfo, double> value, Func<ChannelInfo, (string, string)[]>? labels = null) => text.Write(
            name, help, samples.Select(sample => (((string, string)[])[("channel", sample.Channel.Name), .. labels?.Invoke(sample.Channel) ?? []], value(sample.Channel))));

        void WriteSenders(string name, string help, Func<ChannelSenderInfo, double> value) => text.Write(
            name,
            help,
            from sample in samples
            from sender in sample.Channel.Senders
            where sender.IsAttached
            select (new[]
            {
                ("channel", sample.Channel.Name),
                ("slot", sender.Slot.ToString(CultureInfo.InvariantCulture)),
                ("process", sender.Participant.ProcessId.ToString(CultureInfo.InvariantCulture)),
                ("name", Terminal.Clean(sender.Participant.Name)),
            }, value(sender)));

        void WriteVerdicts(string name, string help, Func<ChannelVerdict?, double> value) => text.Write(
            name,
            help,
            from sample in samples
            from kind in Enum.GetValues<ChannelVerdictKind>()
            select (new[] { ("channel", sample.Channel.Name), ("verdict", NameOf(kind)) }, value(sample.Verdicts.FirstOrDefault(verdict => verdict.Kind == kind))));
    }

    /// <summary>ReceiverStalled becomes receiver_stalled.</summary>
    private static string NameOf(ChannelVerdictKind kind) =>
        string.Concat(kind.ToString().Select(static (letter, index) => index > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
