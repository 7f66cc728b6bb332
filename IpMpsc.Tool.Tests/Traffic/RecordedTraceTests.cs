using System.Diagnostics;
using System.Text.Json;
using IpMpsc.Tool.Captures;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary>A recording keeps the traces of messages, and a replay sends them if it is told so.</summary>
public sealed class RecordedTraceTests : ToolFixture
{
    private static readonly ActivityContext s_context = ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null);

    private string Capture => Files["capture"];

    [Test]
    public void ATraceIsInTheFileAndInTheReplay([Values] bool tap)
    {
        Record(tap);
        using (CaptureReader reader = CaptureReader.Open(Capture))
        {
            List<CaptureRecord> records = [];
            while (reader.TryRead(out CaptureRecord record))
            {
                records.Add(record with { Payload = record.Payload.ToArray() });
            }

            Assert.That(records.Select(record => record.Trace?.Context.SpanId), Is.EqualTo(new ActivitySpanId?[] { null, s_context.SpanId, default(ActivitySpanId) }));
            Assert.That(records[1].Trace!.Value.Context.TraceFlags, Is.EqualTo(ActivityTraceFlags.Recorded));
            Assert.That(records[1].Trace!.Value.Sent, Is.LessThanOrEqualTo(records[1].Time));
            Assert.That(records[2].Trace!.Value.Sent, Is.EqualTo(records[1].Trace!.Value.Sent - TimeSpan.FromSeconds(5)).Within(TimeSpan.FromMicroseconds(1)));
            Assert.That(records.Select(record => BitConverter.ToInt32(record.Payload.Span)), Is.EqualTo([0, 1, 2]));
        }

        ToolProcess.Run("replay", Capture, "plain", "--speed", "0").Expect(ExitCode.Success);
        ToolProcess.Run("replay", Capture, "traced", "--speed", "0", "--traces").Expect(ExitCode.Success);

        using ChannelObserver plain = ChannelObserver.Open("plain"), traced = ChannelObserver.Open("traced");
        Assert.That(plain.Peek().Messages.Select(message => message.Trace), Is.EqualTo(new MessageTrace?[] { null, null, null }));
        PeekedMessage[] sent = [.. traced.Peek().Messages];
        Assert.That(sent.Select(message => message.Trace?.Context.SpanId), Is.EqualTo(new ActivitySpanId?[] { null, s_context.SpanId, default(ActivitySpanId) }));
        Assert.That(sent[2].Trace!.Value.SentTimestamp, Is.GreaterThanOrEqualTo(sent[1].Trace!.Value.SentTimestamp), "The time is that of the replay.");
        Assert.That(sent.Select(message => BitConverter.ToInt32(message.Payload.Span)), Is.EqualTo([0, 1, 2]));
        JsonElement line = JsonDocument.Parse(ToolProcess.Run("receive", "traced", "--json", "-n", "2").Expect(ExitCode.Success).Lines[1]).RootElement;
        Assert.That(line.GetProperty("traceparent").GetString(), Is.EqualTo($"00-{s_context.TraceId}-{s_context.SpanId}-01"));
    }

    /// <summary>Files of version 2 have no traces, and are otherwise alike.</summary>
    [Test]
    public void AFileOfTheVersionBeforeIsReplayed()
    {
        CreateQuotes("quotes", 3);
        ToolProcess.Run("record", "quotes", Capture, "-n", "3").Expect(ExitCode.Success);
        byte[] bytes = File.ReadAllBytes(Capture);
        BitConverter.TryWriteBytes(bytes.AsSpan(CaptureFormat.VersionOffset), 2u);
        CaptureFormat.Seal(bytes.AsSpan(0, BitConverter.ToInt32(bytes, CaptureFormat.HeaderLengthOffset) + CaptureFormat.ChecksumSize));
        File.WriteAllBytes(Capture, bytes);

        Assert.That(ToolProcess.Run("replay", Capture, "copy", "--speed", "0").Expect(ExitCode.Success).Output, Does.StartWith("Sent 3 messages"));
    }

    [Test]
    public void ARecordWithUnknownFlagsIsNotReplayed()
    {
        Record(tap: false);
        byte[] bytes = File.ReadAllBytes(Capture);
        int at = BitConverter.ToInt32(bytes, CaptureFormat.HeaderLengthOffset) + CaptureFormat.ChecksumSize;
        bytes[at + CaptureFormat.FlagsOffset] = 2;
        CaptureFormat.Seal(bytes.AsSpan(at, (int)CaptureFormat.SizeOf(bytes.AsSpan(at))));
        File.WriteAllBytes(Capture, bytes);

        ToolProcess.Run("replay", Capture, "copy").ExpectFailure(ExitCode.BadData, "the flags 2");
    }

    /// <summary>Records a message without a trace, one with a trace, and one with a time that is five seconds earlier, without a context.</summary>
    private void Record(bool tap)
    {
        CreateQuotes("quotes", 1);
        ushort id = IpcChannel.Inspect("quotes") is { Schema: var schema } ? Schemas.SchemaDocument.Parse(schema).Messages[0].Id : default;
        byte[] payload;
        using (ChannelObserver observer = ChannelObserver.Open("quotes"))
        {
            payload = observer.Peek().Messages[0].Payload.ToArray();
        }

        using (RecordSender sender = RecordSender.Open("quotes", new IpcChannelOptions { TraceMessages = true }))
        {
            long now = Stopwatch.GetTimestamp();
            BitConverter.TryWriteBytes(payload, 1);
            sender.Send(id, 1, payload, new MessageTrace(now, s_context));
            BitConverter.TryWriteBytes(payload, 2);
            sender.Send(id, 1, payload, new MessageTrace(now - (5 * Stopwatch.Frequency), default));
        }

        ToolProcess.Run(["record", "quotes", Capture, "-n", "3", .. tap ? ["--tap"] : Array.Empty<string>()]).Expect(ExitCode.Success);
    }
}
