using System.Text.Json;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary><c>--type</c>, <c>--where</c>, <c>--format</c> and <c>--time</c>.</summary>
public sealed class FilterOptionsTests : ToolFixture
{
    [Test]
    public void FieldsChooseMessages()
    {
        CreateQuotes("quotes", 10);

        foreach (string[] command in (string[][])[["peek", "quotes"], ["tap", "quotes", "-n", "2"]])
        {
            string[] lines = ToolProcess.Run([.. command, "--where", "Bid > 5 and Instrument < 7", "--format", "{Instrument}"]).Expect(ExitCode.Success).Lines;
            Assert.That(lines, Is.EqualTo(new[] { "5", "6" }), command[0]);
        }

        using (Receiver<Quote> receiver = Receiver<Quote>.Open("quotes"))
        {
            receiver.Receive();
            receiver.Receive();
        }

        Assert.That(
            ToolProcess.Run("history", "quotes", "--where", "Venue endswith '1'", "--format", "{Bid:0.00}").Expect(ExitCode.Success).Lines,
            Is.EqualTo(new[] { "1.50" }));
    }

    /// <summary>A field that only some types have selects messages of these types; one that no type has is an error.</summary>
    [Test]
    public void TypesChooseMessages()
    {
        using (Market.CreateReceiver("market"))
        using (Market.Sender sender = Market.OpenSender("market"))
        {
            sender.Send(Quote.Number(1));
            sender.Send(new Trade { Number = 5, Side = 1 });
            sender.Send(Quote.Number(2));
        }

        Assert.That(Peek("--type", "Trade"), Has.Length.EqualTo(1).And.All.Contains("\"Side\":1"));
        Assert.That(Peek("--type", "Trade", "--type", "IpMpsc.Tool.Tests.Support.Quote"), Has.Length.EqualTo(3));
        Assert.That(Peek("--where", "Bid > 2"), Has.Length.EqualTo(1).And.All.Contains("\"Bid\":2.5"));
        Assert.That(Peek("--where", "not Bid > 2"), Has.Length.EqualTo(1).And.All.Contains("\"Bid\":1.5"));
        Assert.That(Peek("--where", "@type endswith 'Trade' or @size > 20"), Has.Length.EqualTo(3));
        Assert.That(Peek("--format", "{Number}/{Side}")[1], Is.EqualTo("5/1"));
        ToolProcess.Run("peek", "market", "--type", "Trad").ExpectFailure(ExitCode.Usage, "Did you mean 'Trade'?");
        ToolProcess.Run("peek", "market", "--where", "Bod > 1").ExpectFailure(ExitCode.Usage, "character 1", "'Bod'", "Quote", "Trade");
        ToolProcess.Run("peek", "market", "--where", "Bid > 1 and Number > 1").ExpectFailure(ExitCode.Usage, "No type of message has all of these fields");
        ToolProcess.Run("peek", "market", "--type", "Trade", "--where", "Bid > 1").ExpectFailure(ExitCode.Usage, "no field 'Bid'");

        static string[] Peek(params string[] options) => ToolProcess.Run(["peek", "market", .. options]).Expect(ExitCode.Success).Lines;
    }

    [Test]
    public void RawBytesHaveSizeAndText()
    {
        using (ByteReceiver.Create("raw"))
        using (ByteSender sender = ByteSender.Open("raw"))
        {
            sender.Send("first line"u8);
            sender.Send([0xFF, 0x00]);
        }

        Assert.That(ToolProcess.Run("peek", "raw", "--where", "@text startswith 'first'", "--format", "{@size}: {@text}").Expect(ExitCode.Success).Output, Is.EqualTo("10: first line\n"));
        Assert.That(ToolProcess.Run("peek", "raw", "--where", "@size < 5").Expect(ExitCode.Success).Output, Is.EqualTo("FF00\n"));
        ToolProcess.Run("peek", "raw", "--where", "Bid > 5").ExpectFailure(ExitCode.Usage, "no field 'Bid' in raw bytes");
    }

    [Test]
    public void MistakesAreReportedAsJson()
    {
        CreateQuotes("quotes", 1);

        JsonElement error = ToolProcess.Run("tap", "quotes", "--where", "Instrument == 1 or Bod > 5", "--json").Expect(ExitCode.Usage).JsonError;

        Assert.That(error.GetProperty("character").GetInt32(), Is.EqualTo(20));
        Assert.That(error.GetProperty("field").GetString(), Is.EqualTo("Bod"));
        ToolProcess.Run("tap", "quotes", "--format", "{Bid}", "--json").ExpectFailure(ExitCode.Usage, "--format excludes");
    }

    [Test]
    public void TimesAreThoseOfTheReading()
    {
        CreateQuotes("quotes", 1);
        DateTimeOffset before = DateTimeOffset.UtcNow.AddMilliseconds(-1);

        string text = ToolProcess.Run("tap", "quotes", "-n", "1", "--time").Expect(ExitCode.Success).Output;
        JsonElement json = ToolProcess.Run("tap", "quotes", "-n", "1", "--time", "--json").Expect(ExitCode.Success).Json;

        Assert.That(text, Does.Match(@"^\d\d:\d\d:\d\d\.\d{6} IpMpsc"));
        Assert.That(json.GetProperty("seen").GetDateTimeOffset(), Is.InRange(before, DateTimeOffset.UtcNow));
    }
}
