using System.Text.Json;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary><c>ipmpsc send</c>.</summary>
public sealed class SendCommandTests : ToolFixture
{
    private const string Good = """{"Instrument":1,"Bid":2.5,"Venue":"Zürich","Depths":[3,-4]}""";

    private Receiver<Quote> _receiver = null!;

    [SetUp]
    public void CreateChannel() => _receiver = Receiver<Quote>.Create("quotes", new IpcChannelOptions { Capacity = 4096 });

    [TearDown]
    public void CloseChannel() => _receiver.Dispose();

    [TestCase("Quote"), TestCase("IpMpsc.Tool.Tests.Support.Quote")]
    public void LinesAreMessages(string type)
    {
        ToolResult result = ToolProcess.RunWithInput($"{Good}\r\n\n{{\"Bid\":\"NaN\"}}", "send", "quotes", type).Expect(ExitCode.Success);

        Assert.That(result.Output, Is.EqualTo("2 messages sent.\n"));
        Quote first = _receiver.Receive();
        Assert.That((first.Instrument, first.Bid, first.Venue), Is.EqualTo((1, 2.5, "Zürich")));
        Assert.That(first.Depths, Is.EqualTo(new short[] { 3, -4 }));
        Quote second = _receiver.Receive();
        Assert.That((second.Instrument, second.Bid, second.Venue), Is.EqualTo((0, double.NaN, "")), "Fields that are left out are zero or empty.");
    }

    [TestCase("""{"Bid":"high"}""", "Quote.Bid", "f64")]
    [TestCase("""{"Instrument":3000000000}""", "Quote.Instrument", "i32")]
    [TestCase("""{"Instrument":1.5}""", "Quote.Instrument", "i32")]
    [TestCase("""{"Venue":null}""", "Quote.Venue", "utf8")]
    [TestCase("""{"Venue":"\ud800"}""", "Quote.Venue", "utf8")]
    [TestCase("""{"Depths":[1,"two"]}""", "Quote.Depths[1]", "i16")]
    [TestCase("""{"Depths":7}""", "Quote.Depths", "i16[]")]
    [TestCase("""[1]""", "Quote", "message")]
    [TestCase("""{"Price":1}""", "Quote", null)]
    public void ALineThatDoesNotFitIsExplained(string line, string field, string? expected)
    {
        string input = $"{Good}\n{Good}\n{line}\n{Good}\n";
        ToolResult result = ToolProcess.RunWithInput(input, "send", "quotes", "Quote", "--json").Expect(ExitCode.BadData);

        JsonElement error = result.JsonError;
        Assert.That(error.GetProperty("line").GetInt32(), Is.EqualTo(3));
        Assert.That(error.GetProperty("sent").GetInt32(), Is.EqualTo(2));
        Assert.That(error.GetProperty("field").GetString(), Is.EqualTo($"IpMpsc.Tool.Tests.Support.{field}"));
        Assert.That(error.GetProperty("expected").GetString(), Is.EqualTo(expected));
        Assert.That(error.GetProperty("message").GetString(), Does.StartWith("Line 3: ").And.Contain(field));
        Assert.That(IpcChannel.Inspect("quotes").Senders.Single().MessagesSent, Is.EqualTo(2), "The lines before it were sent, and those behind it were not.");
    }

    [Test]
    public void TheErrorForPeopleHasTheSameFacts() =>
        ToolProcess.RunWithInput($"{Good}\n{{\"Bid\":\"high\"}}\n", "send", "quotes", "Quote")
            .ExpectFailure(ExitCode.BadData, "Line 2: ", "Quote.Bid' is of type f64", "\"high\"", "The message before it was sent.");

    [TestCase("{\"Bid\":"), TestCase("nonsense"), TestCase("{\"Bid\":1} {}")]
    public void ALineThatIsNotJsonIsExplained(string line) =>
        ToolProcess.RunWithInput($"{Good}\n{line}\n", "send", "quotes", "Quote").ExpectFailure(ExitCode.BadData, "Line 2: it is not JSON at byte");

    [Test]
    public void InputThatIsNotUtf8IsExplained() =>
        ToolProcess.RunWithInput([(byte)'{', 0xC3, 0x28, (byte)'\n'], "send", "quotes", "Quote")
            .ExpectFailure(ExitCode.BadData, "Line 1: it is not UTF-8");

    [Test]
    public void AMessageThatIsTooLargeIsExplained() =>
        ToolProcess.RunWithInput($"{{\"Venue\":\"{new string('x', 5000)}\"}}\n", "send", "quotes", "Quote")
            .ExpectFailure(ExitCode.BadData, "Line 1: ", "4,080");

    [Test]
    public void AnUnknownTypeSuggestsTheNearest()
    {
        ToolProcess.Run("send", "quotes", "Qoute").ExpectFailure(ExitCode.Mismatch, "it has IpMpsc.Tool.Tests.Support.Quote", "Did you mean 'Quote'?");
        ToolProcess.Run("send", "qotes", "Quote").ExpectFailure(ExitCode.NotFound, "Did you mean 'quotes'?");
    }

    [Test]
    public void BytesAreLinesOrBase64()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");

        ToolProcess.RunWithInput("Grüße\n", "send", "raw", "text").Expect(ExitCode.Success);
        ToolProcess.RunWithInput("\"AAH/\"\n", "send", "raw", "bytes").Expect(ExitCode.Success);
        ToolProcess.RunWithInput("\"?\"\n", "send", "raw", "bytes").ExpectFailure(ExitCode.BadData, "Line 1", "base64");
        ToolProcess.Run("send", "raw", "Quote").ExpectFailure(ExitCode.Mismatch, "raw bytes", "'text'");

        Assert.That(receiver.Receive(), Is.EqualTo("Grüße"u8.ToArray()));
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 0, 1, 0xFF }));
    }

    /// <summary>send reads what receive writes, and the messages stay unchanged.</summary>
    [Test]
    public void WhatWasWrittenCanBeSentAgain()
    {
        using (Sender<Quote> sender = Sender<Quote>.Open("quotes"))
        {
            sender.Send(Quote.Number(5));
        }

        string line = ToolProcess.Run("peek", "quotes", "--json").Expect(ExitCode.Success).Lines.Single();
        string message = JsonDocument.Parse(line).RootElement.GetProperty("message").GetRawText();
        ToolProcess.RunWithInput(message, "send", "quotes", "Quote").Expect(ExitCode.Success);

        Quote first = _receiver.Receive();
        Quote second = _receiver.Receive();
        Assert.That((second.Instrument, second.Bid, second.Venue), Is.EqualTo((first.Instrument, first.Bid, first.Venue)));
        Assert.That(second.Depths, Is.EqualTo(first.Depths));
    }
}
