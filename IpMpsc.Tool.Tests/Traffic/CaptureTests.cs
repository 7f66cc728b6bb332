using System.Diagnostics;
using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.Captures;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary><c>ipmpsc record</c> and <c>ipmpsc replay</c>, and the file between them.</summary>
public sealed class CaptureTests : ToolFixture
{
    private string Capture => Files["capture"];

    [Test]
    public void WhatWasRecordedIsReplayed()
    {
        CreateQuotes("quotes", 5);

        JsonElement recorded = ToolProcess.Run("record", "quotes", Capture, "--end-with-senders", "--json").Expect(ExitCode.Success).Json;
        JsonElement replayed = ToolProcess.Run("replay", Capture, "copy", "--speed", "0", "--json").Expect(ExitCode.Success).Json;

        Assert.That(recorded.GetProperty("messages").GetInt32(), Is.EqualTo(5));
        Assert.That(replayed.GetProperty("messages").GetInt32(), Is.EqualTo(5));
        Assert.That(replayed.GetProperty("bytes").GetInt64(), Is.EqualTo(recorded.GetProperty("bytes").GetInt64()));
        ChannelInfo copy = IpcChannel.Inspect("copy");
        Assert.That((copy.Schema, copy.Capacity), Is.EqualTo((IpcChannel.Inspect("quotes").Schema, 4096L)));
        using Receiver<Quote> receiver = Receiver<Quote>.Open("copy");
        for (int number = 0; number < 5; number++)
        {
            Quote quote = receiver.Receive();
            Assert.That((quote.Instrument, quote.Venue), Is.EqualTo((number, $"Zürich {number}")));
        }
    }

    [Test]
    public void TheFileSaysWhatAndWhen()
    {
        CreateQuotes("quotes", 2);
        DateTimeOffset before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        ToolProcess.Run("record", "quotes", Capture, "-n", "2").Expect(ExitCode.Success);

        using CaptureReader reader = CaptureReader.Open(Capture);
        Assert.That(reader.Header.Started, Is.InRange(before, DateTimeOffset.UtcNow));
        Assert.That(reader.Header.Channels, Is.EqualTo(new[] { CapturedChannel.Of(IpcChannel.Inspect("quotes")) }));
        List<CaptureRecord> records = ReadAll(reader);
        Assert.That(records.Select(record => record.Position), Is.EqualTo(new[] { 0L, records[1].Position }));
        Assert.That(records[1].Time, Is.GreaterThan(records[0].Time));
        Assert.That(File.GetUnixFileMode(Capture), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    /// <summary>Each message is in the file or in the channel, however the recorder ends.</summary>
    [Test]
    public void AKillLosesNothing()
    {
        CreateQuotes("quotes", 0);
        using ToolProcess recorder = ToolProcess.Start("record", "quotes", Capture);
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        int sent = 0;
        while (IpcChannel.Inspect("quotes").MessagesReceived < 200)
        {
            sender.Send(Quote.Number(sent++));
        }

        recorder.Kill();
        while (sender.TrySend(Quote.Number(sent)))
        {
            sent++;
        }

        using CaptureReader reader = CaptureReader.Open(Capture);
        List<int> recorded = [.. ReadAll(reader).Select(Instrument)];
        List<int> left = [];
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        while (receiver.TryReceive(out Quote quote))
        {
            left.Add(quote.Instrument);
        }

        // The message that it held may have been written to the file without being released.
        int both = left[0] == recorded[^1] ? 1 : 0;
        Assert.That(recorded.Concat(left.Skip(both)), Is.EqualTo(Enumerable.Range(0, sent)));
    }

    [Test]
    public void AFileThatWasCutAnywhereKeepsItsWholeRecords()
    {
        CreateQuotes("quotes", 3);
        ToolProcess.Run("record", "quotes", Capture, "-n", "3").Expect(ExitCode.Success);
        byte[] whole = File.ReadAllBytes(Capture);
        long[] ends = EndsOfRecords();

        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Files["cut"], whole[..length]);
            if (length < ends[0])
            {
                Assert.That(() => CaptureReader.Open(Files["cut"]), Throws.TypeOf<ToolException>());
                continue;
            }

            using CaptureReader reader = CaptureReader.Open(Files["cut"]);
            int count = ends.Count(end => end <= length) - 1;
            Assert.That(ReadAll(reader), Has.Count.EqualTo(count));
            Assert.That(reader.IncompleteBytes, Is.EqualTo(length - ends[count]));
        }

        File.WriteAllBytes(Files["cut"], whole[..^1]);
        Assert.That(
            ToolProcess.Run("replay", Files["cut"], "copy").Expect(ExitCode.Success).Output,
            Does.Contain("Sent 2 messages").And.Contain("was cut short"));
    }

    [Test]
    public void AFileThatWasChangedAnywhereIsNotReplayed()
    {
        CreateQuotes("quotes", 3);
        ToolProcess.Run("record", "quotes", Capture, "-n", "3").Expect(ExitCode.Success);
        byte[] whole = File.ReadAllBytes(Capture);
        long[] ends = EndsOfRecords();

        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 0x10;
            File.WriteAllBytes(Files["changed"], changed);
            int count = Math.Max(0, ends.Count(end => end <= at) - 1);
            Assert.That(CountUntilDamage(Files["changed"]), Is.EqualTo(count), $"byte {at}");
        }

        whole[ends[1] + 30] ^= 1;
        File.WriteAllBytes(Files["changed"], whole);
        ToolProcess.Run("replay", Files["changed"], "copy").ExpectFailure(ExitCode.BadData, $"the record at byte {ends[1]:N0}");
        Assert.That(IpcChannel.Inspect("copy").Senders.Single().MessagesSent, Is.EqualTo(1));
    }

    /// <summary>A forged file with valid checksums.</summary>
    [Test]
    public void AFileThatBeginsBeyondTheCalendarIsNotReplayed([Values(long.MinValue, -1, 1L << 60, long.MaxValue)] long started)
    {
        CreateQuotes("quotes", 1);
        ToolProcess.Run("record", "quotes", Capture, "-n", "1").Expect(ExitCode.Success);
        byte[] bytes = File.ReadAllBytes(Capture);
        BitConverter.TryWriteBytes(bytes.AsSpan(CaptureFormat.StartedOffset), started);
        CaptureFormat.Seal(bytes.AsSpan(0, (int)EndsOfRecords()[0]));
        File.WriteAllBytes(Capture, bytes);

        ToolProcess.Run("replay", Capture, "copy").ExpectFailure(ExitCode.BadData, "microseconds after 1970");
    }

    [Test]
    public void MessagesComeAtThePaceOfTheirRecording()
    {
        CreateQuotes("quotes", 1);
        using (ToolProcess recorder = ToolProcess.Start("record", "quotes", Capture, "-n", "2"))
        {
            Patience.Until(() => IpcChannel.Inspect("quotes").MessagesReceived == 1, "the first message is recorded");
            using Sender<Quote> sender = Sender<Quote>.Open("quotes");
            long recorded = Stopwatch.GetTimestamp();
            Patience.Until(() => Stopwatch.GetElapsedTime(recorded) > TimeSpan.FromSeconds(0.6), "some time has passed");
            sender.Send(Quote.Number(1));
            recorder.End().Expect(ExitCode.Success);
        }

        double real = Seconds("1");
        double fast = Seconds("1000");
        Assert.That(real, Is.GreaterThan(0.59), "A replay is never more than a millisecond early.");
        Assert.That(fast, Is.LessThan(real));
    }

    [Test]
    public void ObstaclesAreNamed()
    {
        CreateQuotes("quotes", 1);
        using ByteReceiver raw = ByteReceiver.Create("raw");
        ToolProcess.Run("record", "quotes", Capture, "-n", "1").Expect(ExitCode.Success);

        ToolProcess.Run("record", "quotes", Capture).ExpectFailure(ExitCode.NotAllowed, Capture, "--force");
        ToolProcess.Run("record", "qotes", Files["other"]).ExpectFailure(ExitCode.NotFound, "Did you mean 'quotes'?");
        ToolProcess.Run("record", "quotes", Files["no/where"]).ExpectFailure(ExitCode.NotFound, "no/where");
        ToolProcess.Run("replay", Capture, "raw").ExpectFailure(ExitCode.Mismatch, "raw bytes");
        ToolProcess.Run("replay", Files["none"], "raw").ExpectFailure(ExitCode.NotFound, "none");
        ToolProcess.Run("replay", PathOf("quotes"), "copy").ExpectFailure(ExitCode.BadData, "is not a capture file");
        ToolProcess.Run("replay", Capture, "copy", "--speed", "-1").ExpectFailure(ExitCode.Usage, "--speed");
        Assert.That(IpcChannel.Exists("copy"), Is.False);
    }

    [Test]
    public void AReplayThatIsInterruptedSaysSo()
    {
        CreateQuotes("quotes", 50);
        ToolProcess.Run("record", "quotes", Capture, "-n", "50").Expect(ExitCode.Success);
        using RecordSender small = RecordSender.OpenOrCreate("small", IpcChannel.Inspect("quotes").Schema, new IpcChannelOptions { Capacity = 256 });
        using ToolProcess replay = ToolProcess.Start("replay", Capture, "small", "--speed", "0");
        Patience.Until(() => IpcChannel.Inspect("small").Senders.Any(sender => sender.Waits > 0), "it waits for room");

        replay.Interrupt();

        replay.End().ExpectFailure(ExitCode.Interrupted, "Interrupted");
    }

    private static int Instrument(CaptureRecord record) => BitConverter.ToInt32(record.Payload.Span);

    private static List<CaptureRecord> ReadAll(CaptureReader reader)
    {
        List<CaptureRecord> records = [];
        while (reader.TryRead(out CaptureRecord record))
        {
            records.Add(record with { Payload = record.Payload.ToArray() });
        }

        return records;
    }

    /// <summary>The number of whole records before the first damage.</summary>
    private static int CountUntilDamage(string path)
    {
        int count = 0;
        try
        {
            using CaptureReader reader = CaptureReader.Open(path);
            while (reader.TryRead(out _))
            {
                count++;
            }

            Assert.That(reader.IncompleteBytes, Is.GreaterThan(0), "The damaged record seems to be longer than the file.");
        }
        catch (ToolException damage)
        {
            Assert.That(damage.Code, Is.EqualTo(ExitCode.BadData));
        }

        return count;
    }

    /// <summary>The positions at which the header and each record end.</summary>
    private long[] EndsOfRecords()
    {
        using CaptureReader reader = CaptureReader.Open(Capture);
        List<long> ends = [reader.Position];
        while (reader.TryRead(out _))
        {
            ends.Add(reader.Position);
        }

        return [.. ends];
    }

    private double Seconds(string speed) =>
        ToolProcess.Run("replay", Capture, "copy", "--speed", speed, "--json").Expect(ExitCode.Success).Json.GetProperty("seconds").GetDouble();
}
