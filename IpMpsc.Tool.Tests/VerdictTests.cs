using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Diagnosis;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary>What <c>inspect</c>, <c>doctor</c> and <c>top</c> report about a channel that makes no progress.</summary>
public sealed class VerdictTests : ToolFixture
{
    [Test]
    public void AStalledReceiverIsNamedByAllThree()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw", new IpcChannelOptions { ParticipantName = "desk" });
        using ByteSender sender = ByteSender.Open("raw");
        sender.Send("x"u8);

        string inspect = ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output;
        string doctor = ToolProcess.Run("doctor").Expect(ExitCode.Success).Output;
        string top = ToolProcess.Run("top", "-n", "1").Expect(ExitCode.Success).Output;

        string line = $@"Receiver stalled: a message has been ready for at least \d+ s, and 'desk' \(process {Environment.ProcessId}\) has not";
        Assert.That(inspect, Does.Match($"\n  yellow  {line}"));
        Assert.That(doctor, Does.Match($"note +channel +raw: {line}"));
        Assert.That(top, Does.Match(@"raw .* receiver stalled, \d+ s"));
    }

    [Test]
    public void AReceiverThatMovesIsNotStalled()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");
        using ByteSender sender = ByteSender.Open("raw");
        using CancellationTokenSource end = new();
        sender.Send("x"u8);
        Task moving = Background.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                sender.Send("x"u8); // There is always a message ready.
                receiver.Receive();
            }
        });

        JsonElement channel = ToolProcess.Run("inspect", "raw", "--json").Expect(ExitCode.Success).Json;
        end.Cancel();
        moving.Finish("The receiver");

        Assert.That(KindsIn(channel), Does.Not.Contain("receiverStalled"));
    }

    [Test]
    public void AnAgeCountsFromTheFirstLook()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");
        using ByteSender sender = ByteSender.Open("raw");
        sender.Send("x"u8);
        sender.Send("y"u8);
        DateTimeOffset start = DateTimeOffset.UtcNow;
        ChannelJudge judge = new();

        Assert.That(judge.Judge(IpcChannel.Inspect("raw"), start), Is.Empty);
        Assert.That(judge.IsUndecided);
        ChannelVerdict soon = judge.Judge(IpcChannel.Inspect("raw"), start.AddSeconds(2)).Single();
        ChannelVerdict late = judge.Judge(IpcChannel.Inspect("raw"), start.AddSeconds(12)).Single();
        receiver.Receive();
        IReadOnlyList<ChannelVerdict> moved = judge.Judge(IpcChannel.Inspect("raw"), start.AddSeconds(13));

        Assert.That(soon.Severity, Is.EqualTo(VerdictSeverity.Warning));
        Assert.That(soon.Since, Is.EqualTo(start));
        Assert.That(late.Severity, Is.EqualTo(VerdictSeverity.Problem));
        Assert.That(late.Text, Does.Contain("for at least 12 s"));
        Assert.That(moved, Is.Empty, "The receiver has moved, so its time begins again.");
        Assert.That(judge.IsUndecided, Is.False, "A receiver that has just moved needs no further look.");
    }

    [Test]
    public void AStalledSenderIsNamed()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");
        using PeerProcess holder = PeerProcess.Start("claims", PathOf("raw"), "1");
        holder.Expect("held");
        receiver.TryReceive([], out _, TimeSpan.FromMilliseconds(100));

        string inspect = ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output;
        string doctor = ToolProcess.Run("doctor").Output;
        string top = ToolProcess.Run("top", "-n", "1").Expect(ExitCode.Success).Output;

        string line = $@"Sender stalled: '.*' \(process {holder.Id}\) has held the claim at the head for at least \d+ s; the receiver and all messages";
        Assert.That(inspect, Does.Match($"\n  (yellow|red   )  {line}"));
        Assert.That(doctor, Does.Match($"(note|PROBLEM) +channel +raw: {line}"));
        Assert.That(top, Does.Match($@"raw .* waits for {holder.Id}, \d+ s"));
    }

    [Test]
    public void SendersThatDropAreNamedWithTheirRate()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw", new IpcChannelOptions { Capacity = 64 });
        using ByteSender sender = ByteSender.Open("raw", new IpcChannelOptions { FullMode = FullMode.DropNewest, ParticipantName = "sensor" });
        DateTimeOffset start = DateTimeOffset.UtcNow;
        ChannelJudge judge = new();
        judge.Judge(IpcChannel.Inspect("raw"), start);
        for (int message = 0; message < 104; message++)
        {
            sender.Send([]); // The ring has room for four.
        }

        ChannelVerdict dropping = judge.Judge(IpcChannel.Inspect("raw"), start.AddSeconds(2)).Single(verdict => verdict.Kind == ChannelVerdictKind.SendersDropping);
        IReadOnlyList<ChannelVerdict> later = judge.Judge(IpcChannel.Inspect("raw"), start.AddSeconds(4));
        string inspect = ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output;
        JsonElement json = ToolProcess.Run("inspect", "raw", "--json").Expect(ExitCode.Success).Json;

        Assert.That(dropping.Text, Is.EqualTo($"Senders dropping, 50/s: 'sensor' (process {Environment.ProcessId}) found no room; 100 dropped since the channel was made."));
        Assert.That((dropping.Brief, dropping.Severity), Is.EqualTo(("dropping, 50/s", VerdictSeverity.Warning)));
        Assert.That(later.Select(verdict => verdict.Kind), Does.Not.Contain(ChannelVerdictKind.SendersDropping));
        Assert.That(inspect, Does.Contain("dropped    100 messages by senders, 0 messages by receivers").And.Match("sensor yes +4 +0 +0 +100 "));
        Assert.That(json.GetProperty("droppedBySenders").GetInt64(), Is.EqualTo(100));
        Assert.That(json.GetProperty("senders")[0].GetProperty("dropped").GetInt64(), Is.EqualTo(100));
    }

    [Test]
    public void SendersThatWaitForRoomAreCounted()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw", new IpcChannelOptions { Capacity = 64 });
        using ByteSender first = ByteSender.Open("raw");
        using ByteSender second = ByteSender.Open("raw");
        while (first.TrySend([]))
        {
            // Until the ring is full.
        }

        Task[] sending = [Background.Run(() => first.Send([])), Background.Run(() => second.Send([]))];
        Patience.Until(
            () => IpcChannel.Inspect("raw") is { IsRoomAwaited: true } channel && channel.Senders.Count(sender => sender.Waits > 0) == 2,
            "both senders wait and one sleeps");

        string inspect = ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output;
        JsonElement json = ToolProcess.Run("inspect", "raw", "--json").Expect(ExitCode.Success).Json;
        ToolResult doctor = ToolProcess.Run("doctor").Expect(ExitCode.Failed);
        Task draining = Background.Run(() =>
        {
            while (!Task.WhenAll(sending).IsCompleted)
            {
                receiver.TryReceive([], out _, TimeSpan.FromMilliseconds(10));
            }
        });
        Array.ForEach(sending, static task => task.Finish("A sender"));
        draining.Finish("The receiver");

        Assert.That(inspect, Does.Contain("2 senders wait for room").And.Match(@"Ring \d+ % full").And.Contain("\n  red     Receiver stalled"));
        Assert.That(KindsIn(json), Is.EqualTo(new[] { "receiverStalled", "sendersWaiting", "ringFull" }));
        Assert.That(doctor.Output, Does.Match("PROBLEM +channel +raw: Receiver stalled"));
        Assert.That(KindsIn(ToolProcess.Run("inspect", "raw", "--json").Expect(ExitCode.Success).Json), Does.Not.Contain("sendersWaiting"));
    }

    [Test]
    public void HeldMessagesAreCounted()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw", new IpcChannelOptions { Capacity = 4096 });
        using ByteSender sender = ByteSender.Open("raw");
        sender.Send(new byte[100]);
        using HeldBytes few = receiver.Hold();
        string green = ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output;
        sender.Send(new byte[2000]);
        using HeldBytes many = receiver.Hold();
        string yellow = ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output;

        Assert.That(green, Does.Match(@"\n  green   Messages held: '.*' \(process \d+\) holds 1 message, 1\d\d bytes \(.* %\), the first for \d+ s\."));
        Assert.That(yellow, Does.Match(@"\n  yellow  Messages held: .* holds 2 messages, 2,1\d\d bytes"));
    }

    [Test]
    public void AMissingReceiverIsReported()
    {
        CreateQuotes("quotes", 3);
        CreateQuotes("idle", 0);

        Assert.That(
            ToolProcess.Run("inspect", "quotes").Expect(ExitCode.Success).Output,
            Does.Match(@"\n  yellow  No receiver.*: the last one was '.*' \(process \d+\); \d+ bytes wait, and sender processes attached: 0\."));
        Assert.That(ToolProcess.Run("inspect", "idle").Expect(ExitCode.Success).Output, Does.Contain("\n  green   Nothing holds the channel up."));
        Assert.That(ToolProcess.Run("top", "-n", "1").Expect(ExitCode.Success).Output, Does.Match("quotes .* no receiver").And.Match("idle .* empty"));
    }

    [Test]
    public void TopIsSorted()
    {
        CreateQuotes("a-little", 1);
        CreateQuotes("b-empty", 0);
        CreateQuotes("c-more", 20);
        using ByteReceiver held = ByteReceiver.Create("d-held", new IpcChannelOptions { Capacity = 64 });
        using ByteSender sender = ByteSender.Open("d-held");
        while (sender.TrySend([]))
        {
            // Until the ring is full, which makes its stalled receiver a problem.
        }

        Assert.That(NamesIn("name"), Is.EqualTo(new[] { "a-little", "b-empty", "c-more", "d-held" }));
        Assert.That(NamesIn("used"), Is.EqualTo(new[] { "d-held", "c-more", "a-little", "b-empty" }));
        Assert.That(NamesIn("state"), Is.EqualTo(new[] { "d-held", "c-more", "a-little", "b-empty" }));
        sender.Dispose();
        IpcChannel.Delete("d-held", evenIfInUse: true);
        DestroyMessage("a-little", 0);
        Assert.That(NamesIn("state"), Is.EqualTo(new[] { "a-little", "c-more", "b-empty" }), "The worst comes before the fullest.");
        ToolProcess.Run("top", "--sort", "colour").ExpectFailure(ExitCode.Usage, "colour");
    }

    /// <summary>Channels with traffic come before those that are only full.</summary>
    [Test]
    public void TopIsSortedByRate()
    {
        CreateQuotes("a-full", 20);
        using ByteReceiver receiver = ByteReceiver.Create("b-busy");
        using ByteSender sender = ByteSender.Open("b-busy");
        using ToolProcess top = ToolProcess.Start("top", "--json", "--sort", "rate", "--interval", "0.05");
        top.Listen();

        Patience.Until(
            () =>
            {
                sender.Send("x"u8);
                receiver.Receive();
                return JsonDocument.Parse(top.Listen()).RootElement.GetProperty("channels")[0].GetProperty("name").GetString() == "b-busy";
            },
            "the busy channel is first");
    }

    [Test]
    public void ProcessesAndSlotsAreCountedSeparately()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");
        using PeerProcess holder = PeerProcess.Start("claims", PathOf("raw"), "3");
        holder.Expect("held");

        Assert.That(ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output, Does.Match(@"Senders   1 process alive in 3 of \d+ slots"));
        Assert.That(
            ToolProcess.Run("list", "--json").Expect(ExitCode.Success).Json.GetProperty("channels")[0].GetProperty("senderProcesses").GetInt32(),
            Is.EqualTo(1));
    }

    [Test]
    public void ManyAlikeFindingsAreOneLine()
    {
        for (int number = 0; number < 30; number++)
        {
            ByteReceiver.Create(PathOf($"temporary-{Guid.NewGuid():N}"), new IpcChannelOptions { Capacity = 64 }).Dispose();
        }

        for (int number = 0; number < 5; number++)
        {
            CreateQuotes($"quotes{number}", 1);
        }

        JsonElement[] findings = [.. ToolProcess.Run("doctor", "--json").Expect(ExitCode.Success).Json.GetProperty("findings").EnumerateArray()];
        string[] lines = ToolProcess.Run("doctor").Expect(ExitCode.Success).Lines;

        Assert.That(findings.Count(static finding => finding.GetProperty("count").GetInt32() == 30), Is.EqualTo(1));
        Assert.That(
            lines.Where(static line => line.Contains("leftover")).Single(),
            Does.Match(@"note +leftover +30 temporary channels without participants: .* and 27 more\. 'ipmpsc doctor --clean' removes them\."));
        Assert.That(
            lines.Where(static line => line.Contains("quotes0")).Single(),
            Does.Match(@"5 channels have messages or senders, but no receiver: quotes0, quotes1, quotes2 and 2 more\. 'ipmpsc delete NAME' removes"));
        Assert.That(ToolProcess.Run("doctor", "--clean").Expect(ExitCode.Success).Output, Does.Match("ok +leftover +30 .*They were removed"));
        Assert.That(Directory.GetFiles(Channels), Has.Length.EqualTo(5));
    }

    private static string?[] NamesIn(string order) =>
    [
        .. ToolProcess.Run("top", "-n", "1", "--json", "--sort", order).Expect(ExitCode.Success).Json.GetProperty("channels").EnumerateArray()
            .Select(static channel => channel.GetProperty("name").GetString()),
    ];

    private static IEnumerable<string?> KindsIn(JsonElement channel) =>
        channel.GetProperty("verdicts").EnumerateArray().Select(static verdict => verdict.GetProperty("kind").GetString());
}
