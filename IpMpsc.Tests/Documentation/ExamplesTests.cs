using System.Globalization;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Documentation;

/// <summary>The examples, run as processes, do what the documents promise.</summary>
public sealed class ExamplesTests
{
    private TestDirectory _directory = null!;

    private string RuntimeDirectory => _directory.Path;

    /// <summary>Channels in the runtime directory, and files left behind by an unfinished creation.</summary>
    private string[] Channels => Directory.GetFiles(RuntimeDirectory, "*", SearchOption.AllDirectories);

    [SetUp]
    public void MakeDirectory() => _directory = new TestDirectory();

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [Test]
    public void TourHoldsForAFile()
    {
        string file = Path.Join(RuntimeDirectory, "text");
        File.WriteAllLines(file, ["one", "", "Größe: 3 €", new string('x', 2_000_000)]);
        using ExampleProcess tour = new("Tour", RuntimeDirectory, file);
        (int exitCode, string output, string errors) = tour.End();

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        Assert.That(output, Does.Match(@"Round trip, median +\| .*(ns|us|ms).* times as (fast|slow)"));
        Assert.That(output, Does.Match(@"Single sends, one sender +\| .*/s.* times as (many|few)"));
        Assert.That(output, Does.Match(@" 16 lines +\| .*once and in order"));
        Assert.That(output, Does.Match(@" 3,000,000 quotes +\| .*once and in order"));
        Assert.That(output, Does.Match(@"kill -9: sender +\| back in .* 0 lost"));
        Assert.That(output, Does.Match(@"kill -9: receiver +\| back in .* 0 lost, [01] twice"));
        Assert.That(Channels, Is.EqualTo([file]));
    }

    [Test]
    public void TourThatIsInterruptedLeavesNothing()
    {
        using ExampleProcess tour = new("Tour", RuntimeDirectory);
        Assert.That(tour.Listen(), Does.Contain("beside a Unix domain socket"));
        tour.Interrupt();

        Assert.That(tour.End().ExitCode, Is.EqualTo(130));
        Assert.That(Channels, Is.Empty);
    }

    [TestCase("missing")]
    [TestCase("one", "two")]
    public void TourRefusesBadArguments(params string[] arguments)
    {
        using ExampleProcess tour = new("Tour", RuntimeDirectory, arguments);
        (int exitCode, string output, string errors) = tour.End();

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(output, Is.Empty);
        Assert.That(errors, Does.Contain(arguments[^1]).And.Not.Contain("   at "));
    }

    [Test]
    public void LinesOfSeveralSendersArrive([Values("--zero-copy", null)] string? option)
    {
        using ExampleProcess receiver = new("Receive", RuntimeDirectory, option is null ? ["chat"] : ["chat", option]);
        using ExampleProcess first = new("Send", RuntimeDirectory, "chat");
        using ExampleProcess second = new("Send", RuntimeDirectory, "chat");
        first.Feed("a1", "a2 Größe €", "");
        second.Feed("b1", "b2");
        string[] lines = [.. Enumerable.Range(0, 5).Select(_ => receiver.Listen())];
        receiver.Interrupt();

        Assert.Multiple(() =>
        {
            Assert.That(first.End().ExitCode, Is.Zero);
            Assert.That(second.End().ExitCode, Is.Zero);
            Assert.That(receiver.End().ExitCode, Is.Zero);
            Assert.That(lines.Where(line => !line.StartsWith('b')), Is.EqualTo(["a1", "a2 Größe €", ""]));
            Assert.That(lines.Where(line => line.StartsWith('b')), Is.EqualTo(["b1", "b2"]));
        });
    }

    [Test]
    public void LinesWaitForTheReceiverAndTooLongOnesAreSkipped()
    {
        string path = Path.Join(RuntimeDirectory, "channel");
        using ExampleProcess sender = new("Send", RuntimeDirectory, path);
        sender.Feed("before", new string('x', 2_000_000), "after");
        (int exitCode, _, string errors) = sender.End();
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.StartWith("Line 2 was skipped: ").And.Contain("2,000,008"));

        using ExampleProcess receiver = new("Receive", RuntimeDirectory, path);
        Assert.That(receiver.Listen(), Is.EqualTo("before"));
        Assert.That(receiver.Listen(), Is.EqualTo("after"));
    }

    [Test]
    public void SenderThatIsInterruptedEnds()
    {
        using ExampleProcess receiver = new("Receive", RuntimeDirectory, "chat");
        using ExampleProcess sender = new("Send", RuntimeDirectory, "chat");
        sender.Say("still open");
        Assert.That(receiver.Listen(), Is.EqualTo("still open"));
        sender.Interrupt();

        Assert.That(sender.End().ExitCode, Is.Zero);
    }

    [Test]
    public void QuickstartIsReceived()
    {
        using ExampleProcess sender = new("Quickstart", RuntimeDirectory, "send", "hello,", "world");
        Assert.That(sender.End().ExitCode, Is.Zero);

        using ExampleProcess receiver = new("Quickstart", RuntimeDirectory);
        Assert.That(receiver.Listen(), Is.EqualTo($"{sender.Id}: hello, world"));
    }

    [Test]
    public void OverloadDropsWhatItsModesSay()
    {
        using ExampleProcess example = new("Overload", RuntimeDirectory);
        (int exitCode, string output, string errors) = example.End();

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        Assert.That(output, Does.Match("20,000 prices: [0-9,]+ shown, [0-9,]+ outdated; the last price of each instrument was shown"));
        Assert.That(output, Does.Match("20,000 readings: [0-9,]+ recorded in order, [0-9,]+ dropped in [0-9,]+ gaps"));
    }

    [Test]
    public void ManyChannelsAreReceivedByOneThread()
    {
        using ExampleProcess example = new("ManyChannels", RuntimeDirectory);
        (int exitCode, string output, string errors) = example.End();

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        Assert.That(output, Does.Contain("20,000 messages from 1,000 channels; 1,000 channels complete and in order"));
    }

    [Test]
    public void NoFrameIsLostInTheVideoPipeline([Values("block", "keepOldest", "keepNewest")] string policy, [Values] bool is4K)
    {
        string[] size = is4K ? ["24", "3840", "2160", "15"] : ["60", "320", "180", "15"];
        using ExampleProcess example = new("VideoPipeline", RuntimeDirectory, [policy, .. size]);
        (int exitCode, string output, string errors) = example.End();

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        Assert.That(output, Does.Match(@"^\w+: \d+ frames done, \d+ dropped, \d+ again after a kill; latency .* none lost: True; consumers killed: [12]\n$"));
        if (policy == "block")
        {
            // The cameras wait for a consumer, so no consumer can finish before it is killed.
            Assert.That(output, Does.Contain($"{2 * int.Parse(size[0], CultureInfo.InvariantCulture)} frames done, 0 dropped").And.Contain("killed: 2"));
        }
        else
        {
            Assert.That(output, Does.StartWith($"K{policy[1..]}"));
        }

        Assert.That(Channels, Is.Empty);
    }

    [Test]
    public void RequestsAreAnswered()
    {
        using ExampleProcess example = new("RequestReply", RuntimeDirectory);
        (int exitCode, string output, string errors) = example.End();

        Assert.That(exitCode, Is.Zero, $"{output}\n{errors}");
        Assert.That(output, Is.EqualTo("1000 requests served, the client found every reply correct: True\n"));
        Assert.That(Channels, Is.Empty);
    }

    [Test]
    public async Task ShopHandlesTheOrdersOfItsWorkersAndCollectsTheirLogs()
    {
        string logs = Path.Join(RuntimeDirectory, "shop.jsonl");
        using ExampleProcess shop = new("Hosting", RuntimeDirectory, "--IpMpsc:LogCollectors:logs:JsonFile", logs);
        string address = ListenFor(shop, "Now listening on: ").Split("Now listening on: ")[1];
        Assert.That(ListenFor(shop, "Handled "), Does.EndWith("Handled 300 orders of 3 workers, all in order"));
        Patience.Until(() => File.Exists(logs), "the first lines are collected");
        Patience.Until(() => File.ReadLines(logs).Count(line => line.Contains("has sent order")) == 300, "every line of the workers is collected");
        using HttpClient client = new();
        Assert.That(await client.GetStringAsync($"{address}/health"), Is.EqualTo("Healthy"));

        shop.Interrupt();
        (int exitCode, string output, string errors) = shop.End();
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Contain("Channel shop-orders stopped: 300 messages handled").And.Contain("none left"));
        Assert.That(output, Does.Contain("Metric Name: ipmpsc.messages"));
        Assert.That(File.ReadLines(logs), Has.Exactly(100).Contains("\"application\":\"worker-3\"").And.Contains("\"Item\":"));
    }

    [Test]
    public void EachExampleHasHelp([Values("Tour", "Receive", "Send")] string example)
    {
        using ExampleProcess process = new(example, RuntimeDirectory, "--help");
        (int exitCode, string output, _) = process.End();

        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("Usage:").And.Not.Contain("tour-sender"));
    }

    /// <summary>The next line that contains this text.</summary>
    private static string ListenFor(ExampleProcess example, string text)
    {
        string line;
        do
        {
            line = example.Listen();
        }
        while (!line.Contains(text));

        return line;
    }
}
