using System.Diagnostics;
using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary><c>ipmpsc receive</c>.</summary>
public sealed class ReceiveCommandTests : ToolFixture
{
    [Test]
    public void MessagesAreWrittenAsTheyCome()
    {
        CreateQuotes("quotes", 1);
        using ToolProcess receive = ToolProcess.Start("receive", "quotes", "--json");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        Assert.That(Instrument(receive.Listen()), Is.Zero);
        sender.Send(Quote.Number(7));
        Assert.That(Instrument(receive.Listen()), Is.EqualTo(7));

        receive.Interrupt();

        Assert.That(receive.End().Expect(ExitCode.Success).Output, Is.Empty);
        Assert.That(IpcChannel.Inspect("quotes").MessagesReceived, Is.EqualTo(2));
    }

    [Test]
    public void TheCountLimitsWhatIsTaken()
    {
        CreateQuotes("quotes", 5);

        Assert.That(ToolProcess.Run("receive", "quotes", "-n", "3").Expect(ExitCode.Success).Lines, Has.Length.EqualTo(3));
        Assert.That(IpcChannel.Inspect("quotes").MessagesReceived, Is.EqualTo(3));
    }

    [Test]
    public void ItEndsWithTheSenders()
    {
        CreateQuotes("quotes", 2);

        string[] lines = ToolProcess.Run("receive", "quotes", "--end-with-senders", "--hex").Expect(ExitCode.Success).Lines;

        Assert.That(lines.Count(line => line.StartsWith("position ", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public void AChannelHasOneReceiver()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw", new IpcChannelOptions { ParticipantName = "owner" });

        ToolProcess.Run("receive", "raw").ExpectFailure(ExitCode.InUse, "'owner'", $"{Environment.ProcessId}");
    }

    [Test]
    public void ACorruptRecordEndsItWithAdvice()
    {
        CreateQuotes("quotes", 3);
        DestroyMessage("quotes", 1);

        ToolResult result = ToolProcess.Run("receive", "quotes").ExpectFailure(ExitCode.Corrupt, "recover", "--skip-corrupt");

        Assert.That(result.Lines, Has.Length.EqualTo(1));
        ToolProcess.Run("recover", "quotes", "--skip-corrupt").Expect(ExitCode.Success);
        Assert.That(ToolProcess.Run("receive", "quotes", "-n", "1").Expect(ExitCode.Success).Output, Does.Contain("\"Instrument\":2"));
    }

    /// <summary>As with <c>ipmpsc receive quotes | head -n 1</c>: messages that are not read from the pipe stay in the channel.</summary>
    [Test]
    public void MessagesStayWhenThePipeIsClosed()
    {
        CreateQuotes("quotes", 1);
        string receive = string.Join(' ', ToolProcess.CommandLine("receive", "quotes").Select(word => $"'{word}'"));
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{receive} | {{ read line; }}"]))!;
        Patience.Until(() => IpcChannel.Inspect("quotes").MessagesReceived == 1, "the first message is received");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        for (int number = 1; !shell.HasExited && number < 20; number++)
        {
            sender.Send(Quote.Number(number));
            shell.WaitForExit(TimeSpan.FromMilliseconds(200)); // The reader of the pipe closes it at some later time.
        }

        Assert.That(shell.WaitForExit(Patience.Limit));
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        Assert.That(receiver.TryReceive(out Quote kept), "A message whose line could not be written is still there.");
        Assert.That(kept.Instrument, Is.GreaterThan(0));
    }

    private static int Instrument(string line) =>
        JsonDocument.Parse(line).RootElement.GetProperty("message").GetProperty("Instrument").GetInt32();
}
