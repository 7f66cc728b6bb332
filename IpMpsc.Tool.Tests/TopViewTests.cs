using System.Text.RegularExpressions;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Tests.Support;
using IpMpsc.Tool.Watching;

namespace IpMpsc.Tool.Tests;

/// <summary>What <c>top</c> draws for many channels on a small terminal, and what its keys do; on a console that is a string.</summary>
public sealed class TopViewTests : ToolFixture
{
    private const int Width = 80;
    private const int Height = 24;

    private readonly List<IDisposable> _open = [];
    private Watch _watch = null!;

    [SetUp]
    public void Begin() => _watch = new Watch([]);

    [TearDown]
    public void End()
    {
        _watch.Dispose();
        _open.ForEach(static participant => participant.Dispose());
        _open.Clear();
    }

    [Test]
    public void AHundredChannelsFitTheScreenAndCanBeScrolled()
    {
        Open(100);
        TopView view = new(TopOrder.Name, isNamed: false);
        string[] first = Draw(view);
        Assert.That(first, Has.Length.LessThan(Height));
        Assert.That(first.Select(static line => line.Length), Is.All.LessThanOrEqualTo(Width));
        Assert.That(first[0], Does.Contain("100 channels"));
        Assert.That(first[^1], Does.Contain("1-17 of 100"));
        Assert.That(NamesIn(first), Is.EqualTo(Names(0, 17)));

        Press(view, ConsoleKey.PageDown);
        Press(view, ConsoleKey.DownArrow);
        Assert.That(NamesIn(Draw(view)), Is.EqualTo(Names(2, 17)));
        Press(view, ConsoleKey.End);
        Assert.That(NamesIn(Draw(view)), Is.EqualTo(Names(83, 17)));
        Press(view, ConsoleKey.Home);
        Assert.That(NamesIn(Draw(view)), Is.EqualTo(Names(0, 17)));
    }

    [Test]
    public void AFilterKeepsWhatItNames()
    {
        Open(30);
        TopView view = new(TopOrder.Name, isNamed: false);
        Draw(view);
        Type(view, "/7");
        Assert.That(Draw(view)[^1], Does.Contain("filter: 7_"));
        Press(view, ConsoleKey.Enter);
        Assert.That(NamesIn(Draw(view)), Is.EqualTo(new[] { "channel-007", "channel-017", "channel-027" }));
        Press(view, ConsoleKey.Escape);
        Assert.That(NamesIn(Draw(view)), Has.Length.EqualTo(17));
        Type(view, "/q");
        Assert.That(view.Press(Key('x')), "While a filter is typed, every letter belongs to it.");
    }

    [Test]
    public void TheFullestRingComesFirstIfAsked()
    {
        Open(20);
        using (ByteSender sender = ByteSender.Open("channel-011"))
        {
            sender.Send(new byte[100]);
            TopView view = new(TopOrder.Name, isNamed: false);
            Draw(view);
            Type(view, "ss"); // state, used
            string[] lines = Draw(view);
            Assert.That(NamesIn(lines)[0], Is.EqualTo("channel-011"));
            Assert.That(lines[^1], Does.Contain("sort: used"));
        }
    }

    [Test]
    public void TemporaryAndDesertedChannelsAreFolded()
    {
        Open(3);
        _open.Add(ByteReceiver.CreateTemporary());
        ByteReceiver.Create("deserted").Dispose();
        TopView view = new(TopOrder.Name, isNamed: false);
        string[] folded = Draw(view);
        Assert.That(NamesIn(folded), Is.EqualTo(Names(0, 3)));
        Assert.That(folded[0], Does.Contain("5 channels, 2 folded"));

        Type(view, "f");
        string[] unfolded = Draw(view);
        Assert.That(NamesIn(unfolded), Has.Length.EqualTo(5).And.Contains("deserted"));
        Assert.That(unfolded[0], Does.Not.Contain("folded"));
        Assert.That(NamesIn(Draw(new TopView(TopOrder.Name, isNamed: true))), Has.Length.EqualTo(5), "A channel that was named on the command line is never folded.");
    }

    [Test]
    public void ALongNameIsShortenedInTheMiddle()
    {
        string name = $"market-{new string('x', 60)}-europe";
        _open.Add(ByteReceiver.Create(name));
        string[] lines = Draw(new TopView(TopOrder.Name, isNamed: false));
        Assert.That(lines.Select(static line => line.Length), Is.All.LessThanOrEqualTo(Width));
        Assert.That(lines.Single(static line => line.Contains("market")), Does.Match(@"market-x+…x*-europe .* empty"));
    }

    [Test]
    public void EnterShowsOneChannelWithItsSenders()
    {
        Open(3);
        using ByteSender sender = ByteSender.Open("channel-001", new IpcChannelOptions { ParticipantName = "feed" });
        sender.Send(new byte[100]);
        TopView view = new(TopOrder.Name, isNamed: false);
        Draw(view);
        Press(view, ConsoleKey.DownArrow);
        Press(view, ConsoleKey.Enter);
        string text = string.Join('\n', Draw(view));
        Assert.That(text, Does.Contain("channel-001").And.Not.Contain("channel-000"));
        Assert.That(text, Does.Contain("senders    1 process alive in 1 of 64 slots"));
        Assert.That(text, Does.Contain($"0 'feed' (process {Environment.ProcessId}): 1 message, 0 waits, 0 dropped"));
        Assert.That(text.Split('\n').Select(static line => line.Length), Is.All.LessThanOrEqualTo(Width));

        Press(view, ConsoleKey.Escape);
        Assert.That(NamesIn(Draw(view)), Has.Length.EqualTo(3));
        Assert.That(view.Press(Key('q')), Is.False);
    }

    private static string[] Names(int first, int count) => [.. Enumerable.Range(first, count).Select(static number => $"channel-{number:000}")];

    private static string[] NamesIn(IEnumerable<string> lines) =>
        [.. lines.Select(static line => Regex.Match(line, @"^\W*([a-z]+(-[a-z0-9…]+)*) +\d").Groups[1].Value).Where(static name => name.Length > 0)];

    private static ConsoleKeyInfo Key(char letter) => new(letter, ConsoleKey.None, false, false, false);

    private static void Press(TopView view, ConsoleKey key) => view.Press(new ConsoleKeyInfo('\0', key, false, false, false));

    private static void Type(TopView view, string text)
    {
        foreach (char letter in text)
        {
            view.Press(Key(letter));
        }
    }

    private void Open(int channels) =>
        _open.AddRange(Names(0, channels).Select(static name => ByteReceiver.Create(name, new IpcChannelOptions { Capacity = 4096 })));

    private string[] Draw(TopView view) => Terminal.TextOf(view.Draw(_watch.Look(), Width, Height), Width).TrimEnd('\n').Split('\n');
}
