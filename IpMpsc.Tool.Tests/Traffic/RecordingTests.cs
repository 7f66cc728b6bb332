using System.Diagnostics;
using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.Captures;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary>Recordings of several channels, with a tap, and in parts.</summary>
public sealed class RecordingTests : ToolFixture
{
    private string Capture => Files["day.ipmpsc"];

    [Test]
    public void ATapRecordsWithoutTakingPart()
    {
        CreateQuotes("quotes", 3);
        using ToolProcess recorder = ToolProcess.Start("record", "--tap", "quotes", Capture, "-n", "4", "--json");
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        Patience.Until(() => File.Exists(Capture) && RecordsOf(Capture).Count == 3, "what waits is recorded");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        sender.Send(Quote.Number(3));

        JsonElement report = recorder.End().Expect(ExitCode.Success).Json;

        Assert.That(report.GetProperty("messages").GetInt32(), Is.EqualTo(4));
        Assert.That(RecordsOf(Capture).Select(Instrument), Is.EqualTo(Enumerable.Range(0, 4)));
        Assert.That(receiver.Receive().Instrument, Is.Zero, "A tap takes no message.");
    }

    [Test]
    public void SeveralChannelsHaveOneClock([Values] bool tap)
    {
        CreateQuotes("quotes", 0);
        CreateQuotes("others", 0);
        using (ToolProcess recorder = ToolProcess.Start(["record", "quotes", "others", Capture, "-n", "6", .. tap ? ["--tap"] : Array.Empty<string>()]))
        {
            Patience.Until(() => File.Exists(Capture), "the recording has begun");
            using Sender<Quote> quotes = Sender<Quote>.Open("quotes");
            using Sender<Quote> others = Sender<Quote>.Open("others");
            for (int number = 0; number < 6; number++)
            {
                (number % 2 == 0 ? quotes : others).Send(Quote.Number(number));
                Patience.Until(() => RecordsOf(Capture).Count == number + 1, "the message is recorded");
            }

            recorder.End().Expect(ExitCode.Success);
        }

        using CaptureReader reader = CaptureReader.Open(Capture);
        Assert.That(reader.Header.Channels.Select(channel => channel.Name), Is.EqualTo(new[] { "quotes", "others" }));
        List<CaptureRecord> records = RecordsOf(Capture);
        Assert.That(records.Select(record => record.Channel), Is.EqualTo(new[] { 0, 1, 0, 1, 0, 1 }));
        Assert.That(records.Select(Instrument), Is.EqualTo(Enumerable.Range(0, 6)));
        Assert.That(records.Select(record => record.Time), Is.Ordered);

        ToolProcess.Run("replay", Capture, "copy").ExpectFailure(ExitCode.Usage, "quotes, others", "--channel");
        ToolProcess.Run("replay", Capture, "copy", "--channel", "other").ExpectFailure(ExitCode.NotFound, "Did you mean 'others'?");
        ToolProcess.Run("replay", Capture, "copy", "--channel", "others", "--speed", "0").Expect(ExitCode.Success);
        Assert.That(Waiting("copy"), Is.EqualTo(new[] { 1, 3, 5 }));
        int before = Waiting("quotes").Length;
        ToolProcess.Run("replay", Capture, "--speed", "0").Expect(ExitCode.Success);
        Assert.That(Waiting("quotes").Skip(before), Is.EqualTo(new[] { 0, 2, 4 }));
    }

    [Test]
    public void FiltersChooseWhatATapRecords()
    {
        CreateQuotes("quotes", 10);

        ToolProcess.Run("record", "--tap", "quotes", Capture, "--where", "Instrument >= 4", "-n", "3").Expect(ExitCode.Success);

        Assert.That(RecordsOf(Capture).Select(Instrument), Is.EqualTo(new[] { 4, 5, 6 }));
        ToolProcess.Run("record", "quotes", Files["other"], "--where", "Instrument >= 4").ExpectFailure(ExitCode.Usage, "need --tap");
        ToolProcess.Run("record", "--tap", "quotes", Files["other"], "--where", "Instument >= 4").ExpectFailure(ExitCode.Usage, "Did you mean 'Instrument'?");
        Assert.That(File.Exists(Files["other"]), Is.False);
    }

    [Test]
    public void RotationBySizeMakesPartsThatAreReplayedTogether()
    {
        CreateQuotes("quotes", 20);

        JsonElement report = ToolProcess.Run("record", "quotes", Capture, "-n", "20", "--rotate-size", "800B", "--json").Expect(ExitCode.Success).Json;

        string[] files = Parts();
        Assert.That(files, Has.Length.GreaterThan(2).And.Length.EqualTo(report.GetProperty("files").GetInt32()));
        Assert.That(Path.GetFileName(files[0]), Is.EqualTo("day-0001.ipmpsc"));
        Assert.That(files.Select(file => new FileInfo(file).Length), Is.All.LessThanOrEqualTo(800));
        Assert.That(files.SelectMany(RecordsOf).Select(Instrument), Is.EqualTo(Enumerable.Range(0, 20)));

        ToolProcess.Run("replay", files[0], "copy", "--speed", "0").Expect(ExitCode.Success);
        Assert.That(Waiting("copy"), Is.EqualTo(Enumerable.Range(0, 20)));
        ToolProcess.Run("replay", files[^1], "rest", "--speed", "0").Expect(ExitCode.Success);
        Assert.That(Waiting("rest"), Is.EqualTo(RecordsOf(files[^1]).Select(Instrument)));
        ToolProcess.Run("record", "quotes", Capture, "--rotate-size", "800B").ExpectFailure(ExitCode.NotAllowed, "day-0001.ipmpsc", "--force");
    }

    [Test]
    public void TheNumberOfKeptFilesIsLimited()
    {
        CreateQuotes("quotes", 20);

        ToolProcess.Run("record", "--tap", "quotes", Capture, "-n", "20", "--rotate-size", "800B", "--keep", "2").Expect(ExitCode.Success);

        string[] files = Parts();
        Assert.That(files, Has.Length.EqualTo(2));
        Assert.That(files.SelectMany(RecordsOf).Select(Instrument).Last(), Is.EqualTo(19));
        ToolProcess.Run("record", "quotes", Capture, "--keep", "2").ExpectFailure(ExitCode.Usage, "--keep needs");
        ToolProcess.Run("record", "quotes", Capture, "--rotate-size", "big").ExpectFailure(ExitCode.Usage, "'big' is not a size such as");
        ToolProcess.Run("record", "quotes", Capture, "--rotate-time", "5x").ExpectFailure(ExitCode.Usage, "'5x' is not a time such as");
    }

    [Test]
    public void RotationByTimeBeginsAFileWithTheNextMessage()
    {
        CreateQuotes("quotes", 1);
        using ToolProcess recorder = ToolProcess.Start("record", "--tap", "quotes", Capture, "-n", "2", "--rotate-time", "1s");
        Patience.Until(() => Parts() is [var first] && RecordsOf(first).Count == 1, "the first message is recorded");
        long recorded = Stopwatch.GetTimestamp();
        Patience.Until(() => Stopwatch.GetElapsedTime(recorded) > TimeSpan.FromSeconds(1), "the file is old");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        sender.Send(Quote.Number(1));

        recorder.End().Expect(ExitCode.Success);

        Assert.That(Parts().Select(file => RecordsOf(file).Count), Is.EqualTo(new[] { 1, 1 }));
    }

    /// <summary>A recorder that was overtaken reports that in the file and at the end.</summary>
    [Test]
    public void MissedMessagesAreNotedInTheFile()
    {
        CreateQuotes("quotes", 1);
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        int sent = 1;
        ToolResult result;
        using (ToolProcess recorder = ToolProcess.Start("record", "--tap", "quotes", Capture, "--json"))
        {
            Patience.Until(() => File.Exists(Capture) && RecordsOf(Capture).Count == 1, "the recording has begun");
            recorder.Stop();
            for (; sent < 300; sent++)
            {
                receiver.Receive();
                sender.Send(Quote.Number(sent));
            }

            recorder.Continue();
            Patience.Until(() => RecordsOf(Capture) is [.., var last] && Instrument(last) == sent - 1, "the tap has caught up");
            recorder.Interrupt();
            result = recorder.End().Expect(ExitCode.Success);
        }

        long missed = result.Json.GetProperty("missed").GetInt64();
        List<CaptureRecord> records = RecordsOf(Capture);
        Assert.That(missed, Is.GreaterThan(0).And.EqualTo(records.Sum(record => record.Missed)));
        Assert.That(records.Count + missed, Is.EqualTo(sent));
    }

    [Test]
    public void AReplayCanBeRepeated()
    {
        CreateQuotes("quotes", 3);
        ToolProcess.Run("record", "quotes", Capture, "-n", "3").Expect(ExitCode.Success);

        ToolProcess.Run("replay", Capture, "copy", "--speed", "0", "--loop", "3").Expect(ExitCode.Success);
        Assert.That(Waiting("copy"), Is.EqualTo(new[] { 0, 1, 2, 0, 1, 2, 0, 1, 2 }));

        using ToolProcess endless = ToolProcess.Start("replay", Capture, "endless", "--speed", "0", "--loop", "0");
        Patience.Until(() => IpcChannel.Exists("endless") && IpcChannel.Inspect("endless").Senders.Sum(sender => sender.MessagesSent) > 9, "it begins again and again");
        endless.Interrupt();
        endless.End().Expect(ExitCode.Success);
        ToolProcess.Run("replay", Capture, "copy", "--loop", "-1").ExpectFailure(ExitCode.Usage, "--loop");
    }

    private static List<CaptureRecord> RecordsOf(string file)
    {
        if (new FileInfo(file).Length == 0)
        {
            return []; // Its header is not written yet.
        }

        using CaptureReader reader = CaptureReader.Open(file);
        List<CaptureRecord> records = [];
        while (reader.TryRead(out CaptureRecord record))
        {
            records.Add(record with { Payload = record.Payload.ToArray() });
        }

        return records;
    }

    private static int Instrument(CaptureRecord record) => BitConverter.ToInt32(record.Payload.Span);

    private static int[] Waiting(string name)
    {
        using ChannelObserver observer = ChannelObserver.Open(name);
        return [.. observer.Peek().Messages.Select(message => BitConverter.ToInt32(message.Payload.Span))];
    }

    private string[] Parts() => [.. Directory.GetFiles(Files.Path, "day-*.ipmpsc").Order()];
}
