using System.Text.Json;
using IpMpsc.Layout;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary><c>ipmpsc peek</c>.</summary>
public sealed class PeekCommandTests : ToolFixture
{
    private const string First =
        """IpMpsc.Tool.Tests.Support.Quote {"Instrument":0,"Bid":0.5,"Venue":"Zürich 0","Depths":[0,-1]}""";

    [Test]
    public void MessagesAreDecodedAndStay()
    {
        CreateQuotes("quotes", 12);

        string[] lines = ToolProcess.Run("peek", "quotes").Expect(ExitCode.Success).Lines;

        Assert.That(lines, Has.Length.EqualTo(10));
        Assert.That(lines[0], Is.EqualTo(First));
        Assert.That(ToolProcess.Run("peek", "quotes", "-n", "2").Expect(ExitCode.Success).Lines, Is.EqualTo(lines[..2]));
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        Assert.That(receiver.Receive().Instrument, Is.Zero);
    }

    [Test]
    public void JsonIsALineForEach()
    {
        CreateQuotes("quotes", 3);

        string[] lines = ToolProcess.Run("peek", "quotes", "--json").Expect(ExitCode.Success).Lines;
        JsonElement last = JsonDocument.Parse(lines[2]).RootElement;

        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(last.GetProperty("type").GetString(), Is.EqualTo(typeof(Quote).FullName));
        Assert.That(last.GetProperty("version").GetInt32(), Is.EqualTo(1));
        Assert.That(last.GetProperty("message").GetProperty("Venue").GetString(), Is.EqualTo("Zürich 2"));
        Assert.That(last.GetProperty("position").GetInt64(), Is.GreaterThan(0));
    }

    [Test]
    public void SeveralTypesAreDistinguished()
    {
        using Market.Receiver receiver = Market.CreateReceiver("market");
        using (Market.Sender sender = Market.OpenSender("market"))
        {
            sender.Send(new Trade { Number = 9, Side = 1 });
            sender.Send(Quote.Number(0));
        }

        string[] lines = ToolProcess.Run("peek", "market").Expect(ExitCode.Success).Lines;

        Assert.That(lines, Is.EqualTo(new[] { """IpMpsc.Tool.Tests.Support.Trade {"Number":9,"Side":1}""", First }));
    }

    [Test]
    public void BytesAreShownAsTextIfTheyAreUtf8()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");
        using (ByteSender sender = ByteSender.Open("raw"))
        {
            sender.Send("Grüße"u8);
            sender.Send([0, 1, 0xFF]);
        }

        Assert.That(ToolProcess.Run("peek", "raw").Expect(ExitCode.Success).Lines, Is.EqualTo(new[] { "Grüße", "0001FF" }));
        Assert.That(
            ToolProcess.Run("peek", "raw", "--json").Expect(ExitCode.Success).Lines[1], Is.EqualTo("""{"position":32,"bytes":"AAH/"}"""));
        Assert.That(
            ToolProcess.Run("peek", "raw", "--hex", "-n", "1").Expect(ExitCode.Success).Lines,
            Is.EqualTo(new[] { "position 0, bytes version 0, 7 bytes", "  00000000  47 72 c3 bc c3 9f 65                             Gr....e" }));
    }

    [Test]
    public void UndecodableMessagesAreShownAsBytes()
    {
        CreateQuotes("quotes", 2);
        using (SegmentWords words = new(PathOf("quotes")))
        {
            // The range of the text, in the fixed block of the first message, points outside of it.
            words.Write(words.ReadInt64(HeaderDescriptor.DataOffset) + RecordDescriptor.PayloadOffset + 16, uint.MaxValue);
        }

        string[] lines = ToolProcess.Run("peek", "quotes").Expect(ExitCode.Success).Lines;
        JsonElement json = JsonDocument.Parse(ToolProcess.Run("peek", "quotes", "--json").Expect(ExitCode.Success).Lines[0]).RootElement;

        Assert.That(lines[0], Does.Match(@"Quote cannot be decoded, .*Venue.*: [0-9A-F]+$"));
        Assert.That(lines[1], Does.Contain("\"Instrument\":1"));
        Assert.That(json.GetProperty("problem").GetString(), Does.Contain("Venue"));
        Assert.That(json.GetProperty("bytes").GetBytesFromBase64(), Has.Length.GreaterThan(16));
    }

    [Test]
    public void MessagesBeforeACorruptRecordAreShown()
    {
        CreateQuotes("quotes", 3);
        DestroyMessage("quotes", 1);

        ToolResult result = ToolProcess.Run("peek", "quotes").ExpectFailure(ExitCode.Corrupt, "is corrupt");

        Assert.That(result.Lines, Is.EqualTo(new[] { First }));
    }

    [Test]
    public void FollowingShowsMessagesThatAreSentLater()
    {
        CreateQuotes("quotes", 3);
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        receiver.Receive();
        using ToolProcess peek = ToolProcess.Start("peek", "quotes", "--follow", "--format", "{Instrument}");
        Assert.That((peek.Listen(), peek.Listen()), Is.EqualTo(("1", "2")));

        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        sender.Send(Quote.Number(7));
        Assert.That(peek.Listen(), Is.EqualTo("7"));
        peek.Interrupt();

        Assert.That(peek.End().Expect(ExitCode.Success).Output, Is.Empty);
        Assert.That(ToolProcess.Run("peek", "quotes", "--follow", "-n", "2", "--format", "{Instrument}").Expect(ExitCode.Success).Lines, Is.EqualTo(new[] { "1", "2" }));
        Assert.That(receiver.Receive().Instrument, Is.EqualTo(1), "peek takes no message.");
    }
}
