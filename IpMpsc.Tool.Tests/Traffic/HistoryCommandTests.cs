using System.Text.Json;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary><c>ipmpsc history</c>.</summary>
public sealed class HistoryCommandTests : ToolFixture
{
    [Test]
    public void OnlyReceivedMessagesAreShown()
    {
        CreateQuotes("quotes", 5);
        Receive("quotes", 4);

        string[] lines = ToolProcess.Run("history", "quotes", "--json").Expect(ExitCode.Success).Lines;
        Assert.That(lines.Select(Instrument), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(
            ToolProcess.Run("history", "quotes", "-n", "2", "--json").Expect(ExitCode.Success).Lines.Select(Instrument),
            Is.EqualTo(new[] { 2, 3 }));

        long third = JsonDocument.Parse(lines[2]).RootElement.GetProperty("position").GetInt64();
        Assert.That(
            ToolProcess.Run("history", "quotes", "--since", $"{third}", "--json").Expect(ExitCode.Success).Lines.Select(Instrument),
            Is.EqualTo(new[] { 2, 3 }));
        Assert.That(IpcChannel.Inspect("quotes").BytesUsed, Is.GreaterThan(0), "the one that waits stays");
    }

    [Test]
    public void ACopyOfTheFileIsRead()
    {
        CreateQuotes("quotes", 3);
        Receive("quotes", 3);
        File.Copy(PathOf("quotes"), Files["evidence"]);
        IpcChannel.Delete("quotes");

        string[] lines = ToolProcess.Run("history", Files["evidence"], "--json").Expect(ExitCode.Success).Lines;
        Assert.That(lines.Select(Instrument), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void OverwrittenMessagesAreReported()
    {
        CreateQuotes("quotes", 0);
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        for (int number = 0; number < 500; number++)
        {
            sender.Send(Quote.Number(number));
            receiver.Receive();
        }

        ToolResult result = ToolProcess.Run("history", "quotes", "--json").Expect(ExitCode.Success);
        JsonElement missing = JsonDocument.Parse(result.Errors.Trim()).RootElement;
        Assert.That(missing.GetProperty("missing").GetInt64() + result.Lines.Length, Is.EqualTo(500));
        Assert.That(result.Lines.Select(Instrument).Last(), Is.EqualTo(499));
    }

    [Test]
    public void FollowingContinues()
    {
        CreateQuotes("quotes", 1);
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        receiver.Receive();
        using ToolProcess history = ToolProcess.Start("history", "quotes", "--follow", "--json");
        Assert.That(Instrument(history.Listen()), Is.Zero);
        sender.Send(Quote.Number(7));
        receiver.Receive();
        Assert.That(Instrument(history.Listen()), Is.EqualTo(7));

        history.Interrupt();
        Assert.That(history.End().Expect(ExitCode.Success).Output, Is.Empty);
    }

    private static void Receive(string name, int count)
    {
        using Receiver<Quote> receiver = Receiver<Quote>.Open(name);
        for (int number = 0; number < count; number++)
        {
            receiver.Receive();
        }
    }

    private static int Instrument(string line) =>
        JsonDocument.Parse(line).RootElement.GetProperty("message").GetProperty("Instrument").GetInt32();
}
