using System.Text.Json;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary><c>ipmpsc tap</c>.</summary>
public sealed class TapCommandTests : ToolFixture
{
    [Test]
    public void MessagesAreShownAsTheyPassAndReceivedAllTheSame()
    {
        CreateQuotes("quotes", 1);
        using ToolProcess tap = ToolProcess.Start("tap", "quotes", "--json");
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        Assert.That(Instrument(tap.Listen()), Is.Zero);
        for (int number = 1; number < 4; number++)
        {
            sender.Send(Quote.Number(number));
            Assert.That(Instrument(tap.Listen()), Is.EqualTo(number));
            Assert.That(receiver.Receive().Instrument, Is.EqualTo(number - 1));
        }

        tap.Interrupt();
        Assert.That(tap.End().Expect(ExitCode.Success).Output, Is.Empty);
        Assert.That(receiver.Receive().Instrument, Is.EqualTo(3));
    }

    [Test]
    public void ItEndsAfterTheCount()
    {
        CreateQuotes("quotes", 5);
        Assert.That(ToolProcess.Run("tap", "quotes", "-n", "3").Expect(ExitCode.Success).Lines, Has.Length.EqualTo(3));
        Assert.That(IpcChannel.Inspect("quotes").MessagesReceived, Is.Zero);
    }

    [Test]
    public void SeveralChannelsAreShownTogether()
    {
        CreateQuotes("quotes", 1);
        CreateQuotes("others", 1);

        string[] text = ToolProcess.Run("tap", "quotes", "others", "-n", "2").Expect(ExitCode.Success).Lines;
        string[] json = ToolProcess.Run("tap", "quotes", "others", "-n", "2", "--json").Expect(ExitCode.Success).Lines;

        Assert.That(text[0], Does.StartWith("quotes: IpMpsc"));
        Assert.That(text[1], Does.StartWith("others: IpMpsc"));
        Assert.That(json[1], Does.StartWith("""{"channel":"others","position":0,"""));
        ToolProcess.Run("tap", "quotes", "othrs").ExpectFailure(ExitCode.NotFound, "Did you mean 'others'?");
        ToolProcess.Run("tap", "quotes", PathOf("quotes")).ExpectFailure(ExitCode.Usage, "named twice");
    }

    [Test]
    public void ItEndsWithTheChannel()
    {
        CreateQuotes("quotes", 1);
        using ToolProcess tap = ToolProcess.Start("tap", "quotes");
        tap.Listen();

        IpcChannel.Delete("quotes", evenIfInUse: true);

        tap.End().ExpectFailure(ExitCode.NotFound, "deleted or replaced");
    }

    private static int Instrument(string line) =>
        JsonDocument.Parse(line).RootElement.GetProperty("message").GetProperty("Instrument").GetInt32();
}
