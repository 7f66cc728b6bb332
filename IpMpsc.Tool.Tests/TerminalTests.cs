using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary>What the tool draws on a terminal.</summary>
public sealed class TerminalTests : ToolFixture
{
    [Test]
    public void TablesHaveLinesAndColours()
    {
        CreateQuotes("quotes", 3);
        using Pseudoterminal terminal = Pseudoterminal.Start([], "list");

        Assert.That(terminal.End(), Is.EqualTo(ExitCode.Success));
        Assert.That(terminal.Screen, Does.Match(@"│ quotes +│ +4 KiB │ .* │ IpMpsc\.Tool\.Tests\.Support\.Quote │"));
        Assert.That(terminal.Raw, Does.Contain("\e["));
    }

    [Test]
    public void NoColorIsRespected()
    {
        CreateQuotes("quotes", 3);
        using Pseudoterminal terminal = Pseudoterminal.Start(["NO_COLOR=1"], "doctor");

        Assert.That(terminal.End(), Is.EqualTo(ExitCode.Success));
        Assert.That(terminal.Screen, Does.Contain("sent a message through it"));
        Assert.That(terminal.Raw, Does.Not.Match("\e\\[[0-9;]*m"));
    }

    [Test]
    public void TopDrawsWhatHappensAndEndsWithQ()
    {
        CreateQuotes("quotes", 3);
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        using Pseudoterminal terminal = Pseudoterminal.Start([], "top", "--interval", "0.1");
        terminal.Await(screen => screen.Contains("│ quotes"), "the channel is shown");
        Assert.That(terminal.Screen, Does.Contain("ipmpsc top").And.Contain("1 channel ").And.Contain("q to quit"));

        int number = 0;
        terminal.Await(
            screen =>
            {
                receiver.Receive();
                sender.Send(Quote.Number(number++));
                return screen.Contains('█');
            },
            "a bar of the sparkline is as high as it gets");
        Assert.That(terminal.Screen, Does.Match(@"│ quotes +│ +[\d.]+( k)? │ +[\d.]+ K?i?B │"));
        Assert.That(terminal.Screen, Does.Match($@"│ +1 │ {Environment.ProcessId} +│ ready +│"));

        ByteReceiver other = ByteReceiver.Create("other");
        terminal.Await(screen => screen.Contains("│ other") && screen.Contains("2 channels"), "a channel that was created later is shown");
        other.Dispose();
        terminal.Await(screen => !screen.Contains("│ other") && screen.Contains("2 channels, 1 folded"), "a channel without participants is folded");
        terminal.Type("f");
        terminal.Await(screen => screen.Contains("│ other"), "it is unfolded");
        IpcChannel.Delete("other");
        terminal.Await(screen => !screen.Contains("│ other"), "a channel that was deleted is not shown");

        terminal.Type("xq");

        Assert.That(terminal.End(), Is.EqualTo(ExitCode.Success));
        Assert.That(terminal.Raw, Does.Contain("\e[?1049h").And.Contain("\e[?1049l"), "The previous screen is restored.");
        int hidden = terminal.Raw.LastIndexOf("\e[?25l", StringComparison.Ordinal);
        Assert.That(terminal.Raw.LastIndexOf("\e[?25h", StringComparison.Ordinal), Is.GreaterThan(hidden), "The cursor is restored.");
    }

    [Test]
    public void TopNamesTheSenderThatBlocks()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");
        using PeerProcess holder = PeerProcess.Start("claims", PathOf("raw"), "1");
        holder.Expect("held");
        receiver.TryReceive([], out _, TimeSpan.FromMilliseconds(100));
        using Pseudoterminal terminal = Pseudoterminal.Start([], "top", "--interval", "0.1", "raw");
        terminal.Await(screen => screen.Contains($"waits for {holder.Id}"), "the sender is named");

        holder.Kill();
        terminal.Await(screen => screen.Contains("dead claim"), "its death is shown");
        terminal.Type("\u0003"); // Ctrl-C

        Assert.That(terminal.End(), Is.EqualTo(ExitCode.Success));
    }

    /// <summary>On a narrow terminal the name and the verdict stay whole, each channel on one line.</summary>
    [Test]
    public void TopFitsTheTerminal([Values(80, 100, 130)] int columns)
    {
        const string Name = "market-quotes";
        using ByteReceiver receiver = ByteReceiver.Create(Name, new IpcChannelOptions { Capacity = 64 });
        using ByteSender sender = ByteSender.Open(Name);
        while (sender.TrySend([]))
        {
            // Until the ring is full.
        }

        using Pseudoterminal terminal = Pseudoterminal.StartIn(columns, [], "top", "--interval", "0.1");
        terminal.Await(screen => screen.Contains("receiver stalled"), "the verdict is shown");
        string[] lines = terminal.Screen.Split('\n');
        terminal.Type("q");

        Assert.That(terminal.End(), Is.EqualTo(ExitCode.Success));
        Assert.That(lines.Single(line => line.Contains(Name)), Does.Match($@"^│ {Name} +│ .* │ receiver stalled, \d+ s \+1 +│$"));
        Assert.That(lines.Count(line => line.StartsWith('│')), Is.EqualTo(2), "One line of headings and one of the channel.");
    }

    [Test]
    public void TopShowsAHundredChannelsOnASmallTerminal()
    {
        ByteReceiver[] receivers = [.. Enumerable.Range(0, 100).Select(number => ByteReceiver.Create($"channel-{number:000}", new IpcChannelOptions { Capacity = 64 }))];
        using Pseudoterminal terminal = Pseudoterminal.StartIn(80, 24, [], "top", "--interval", "60");
        terminal.Await(screen => screen.Contains("1-17 of 100"), "the first page is shown");
        Assert.That(terminal.Screen.Split('\n').Count(line => line.StartsWith("│ channel-")), Is.EqualTo(17));

        terminal.Type("\e[6~\e[B"); // Page down, then down.
        terminal.Await(screen => screen.Contains("3-19 of 100"), "the page is scrolled");
        terminal.Type("/09\r");
        terminal.Await(screen => screen.Contains("channel-090") && screen.Contains("channel-009") && !screen.Contains("channel-010"), "the filter is applied");
        terminal.Type("\r");
        terminal.Await(screen => screen.StartsWith("channel-009") && screen.Contains("0 processes alive in 0 of 64 slots"), "one channel is shown");
        terminal.Type("\e");
        terminal.Await(screen => screen.Contains("│ channel-090"), "all are shown again");
        terminal.Type("q");

        Assert.That(terminal.End(), Is.EqualTo(ExitCode.Success));
        Array.ForEach(receivers, receiver => receiver.Dispose());
    }

    [Test]
    public void TopIsForProgramsToo()
    {
        CreateQuotes("quotes", 3);

        ToolResult json = ToolProcess.Run("top", "--json", "-n", "2", "--interval", "0.05").Expect(ExitCode.Success);
        ToolResult text = ToolProcess.Run("top", "-n", "1").Expect(ExitCode.Success);

        Assert.That(json.Lines, Has.Length.EqualTo(2));
        Assert.That(json.Lines[1], Does.Contain("\"name\":\"quotes\"").And.Contain("\"messagesPerSecond\":0"));
        Assert.That(text.Output, Does.Contain("CHANNEL").And.Match("quotes +0 +0 B"));
        ToolProcess.Run("top", "qotes").ExpectFailure(ExitCode.NotFound, "Did you mean 'quotes'?");
    }

    [Test]
    public void RecordingAndReplayingShowTheirProgress()
    {
        CreateQuotes("quotes", 10);
        using (Pseudoterminal terminal = Pseudoterminal.Start([], "record", "quotes", Files["capture"], "-n", "20"))
        {
            terminal.Await(screen => screen.Contains("50%") && screen.Contains("10 messages"), "the bar is half full");
            using Sender<Quote> sender = Sender<Quote>.Open("quotes");
            for (int number = 10; number < 20; number++)
            {
                sender.Send(Quote.Number(number));
            }

            Assert.That(terminal.End(), Is.EqualTo(ExitCode.Success));
            Assert.That(terminal.Screen, Does.Match("100% +20 messages").And.Contain("Recorded 20 messages"));
        }

        using (Pseudoterminal terminal = Pseudoterminal.Start([], "replay", Files["capture"], "copy", "--speed", "0"))
        {
            Assert.That(terminal.End(), Is.EqualTo(ExitCode.Success));
            Assert.That(terminal.Screen, Does.Match("━+ +100% +20 messages").And.Contain("Sent 20 messages"));
        }
    }
}
