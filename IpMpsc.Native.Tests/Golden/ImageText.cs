using System.Globalization;
using System.Text;
using IpMpsc.Ring;

namespace IpMpsc.Native.Tests.Golden;

/// <summary>The content of a segment, in the text that every implementation writes for it.</summary>
internal static class ImageText
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(20);

    /// <summary>Describes an image: what an observer sees, then what a receiver takes, which changes it.</summary>
    public static string Of(string path)
    {
        StringBuilder text = new();
        using (ChannelObserver observer = ChannelObserver.Open(path))
        {
            ChannelInfo info = observer.Inspect();
            Line($"capacity {info.Capacity}");
            Line($"slots {info.MaxSenders}");
            Line($"head {info.HeadPosition}");
            Line($"tail {info.TailPosition}");
            Line($"retired {(info.IsRetired ? "yes" : "no")}");
            Line($"received {info.MessagesReceived} bytes {info.BytesReceived}");
            foreach (ChannelSenderInfo sender in info.Senders)
            {
                string claim = sender.ClaimPosition < 0
                    ? "none"
                    : string.Create(CultureInfo.InvariantCulture, $"{sender.ClaimPosition} to {sender.ClaimPosition + sender.ClaimLength}");
                Line($"slot {sender.Slot} name {sender.Participant.Name} messages {sender.MessagesSent} bytes {sender.BytesSent} waits {sender.Waits} claim {claim}");
            }

            Line($"schema {Encoding.UTF8.GetByteCount(info.Schema)}");
            text.Append(info.Schema);
            ChannelPeek peek = observer.Peek();
            foreach (PeekedMessage message in peek.Messages)
            {
                Line($"peek {message.Position} id {message.MessageId} version {message.SchemaVersion} payload {Convert.ToHexStringLower(message.Payload.Span)}.{TraceOf(message.Trace)}");
            }

            Line($"peek ends with {(peek.CorruptPosition is null ? "IPMPSC_EMPTY" : "IPMPSC_CORRUPT")}");
        }

        using RecordReceiver receiver = RecordReceiver.Open(path);
        while (receiver.TryReceiveInPlace(out ReceivedRecord record, s_patience))
        {
            using (record)
            {
                Line($"take {record.Position} id {record.MessageId} version {record.SchemaVersion} payload {Convert.ToHexStringLower(record.Payload)}.{TraceOf(record.Trace)}");
            }
        }

        Line($"take ends with IPMPSC_EMPTY, gaps {((IConsumerOwner)receiver).Consumer.Recoveries}");
        return text.ToString();

        // Senders write nanoseconds; the ticks of this system's clock are the same.
        static string TraceOf(MessageTrace? trace) => trace is not { } sent ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" trace {sent.SentTimestamp} {(sent.Context == default ? "none" : $"00-{sent.Context.TraceId}-{sent.Context.SpanId}-{(int)sent.Context.TraceFlags:x2}")}");

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
