using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Filters;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Printing;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Filters;

/// <summary>The language of <c>--where</c> and <c>--format</c>, on a message that lies in a channel.</summary>
public sealed class MessageFilterTests : ToolFixture
{
    private static readonly Order s_order = new()
    {
        Side = OrderSide.Sell,
        Number = ulong.MaxValue,
        Ratio = 0.1f,
        Price = 99.95m,
        Limit = null,
        IsOpen = true,
        Currency = '€',
        Account = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        At = new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero),
        Life = TimeSpan.FromSeconds(1.5),
        Day = new DateOnly(2026, 11, 30),
        Note = "it's \"late\"",
        Last = new Trade { Number = -7, Side = 2 },
        Lots = [100, 250],
        Tags = ["urgent", "desk"],
        Origin = Quote.Number(3),
        Part = ^2..5,
    };

    private MessageDecoder _decoder = null!;
    private PeekedMessage _message = null!;

    [SetUp]
    public void Send()
    {
        Receiver<Order>.Create("orders").Dispose();
        using Sender<Order> sender = Sender<Order>.Open("orders");
        sender.Send(s_order);
        using ChannelObserver observer = ChannelObserver.Open("orders");
        _decoder = new MessageDecoder("orders", observer.Inspect().Schema);
        _message = observer.Peek().Messages.Single();
    }

    /// <summary>Each condition is true, and its negation is false.</summary>
    [TestCase("Side == 'Sell'"), TestCase("Side = 1"), TestCase("Side <> 'Buy'"), TestCase("Side > 'Buy'")]
    [TestCase("Number == 18446744073709551615"), TestCase("Number > 1.8e19"), TestCase("Number == 0xFFFF_FFFF_FFFF_FFFF"), TestCase("-1 < Number")]
    [TestCase("Ratio == 0.1"), TestCase("Ratio < 0.11"), TestCase("Price == 99.95"), TestCase("Price >= 99.95"), TestCase("Price < Number"), TestCase("Ratio < Price")]
    [TestCase("Limit == null"), TestCase("Limit != 5"), TestCase("not Limit > 0"), TestCase("Note != null")]
    [TestCase("IsOpen"), TestCase("IsOpen == true"), TestCase("IsOpen != false"), TestCase("Currency == '€'")]
    [TestCase("Account == '6F9619FF-8B86-D011-B42D-00C04FC964FF'"), TestCase("At > '2026-11-30T07:59:59Z'"), TestCase("At == '2026-11-30T09:00+01:00'")]
    [TestCase("Life < '00:00:02'"), TestCase("Day >= '2026-11-01'")]
    [TestCase("Note contains 'late'"), TestCase("Note startswith 'it''s'"), TestCase("Note endswith \"e\"\"\""), TestCase("Note matches '^it.s .late.$'")]
    [TestCase("Last.Number == -7"), TestCase("Origin.Venue == 'Zürich 3'"), TestCase("Origin.Depths[1] == -1"), TestCase("Lots[5] == null")]
    [TestCase("Lots contains 250"), TestCase("Tags contains 'desk'"), TestCase("length(Lots) == 2"), TestCase("length(Note) > 3"), TestCase("Tags[0] == 'urgent'")]
    [TestCase("Part.Start == '^2'"), TestCase("Part.End == '5'")]
    [TestCase("@position == 0"), TestCase("@type endswith '.Order'"), TestCase("@size > 100"), TestCase("@version == 1"), TestCase("@channel == 'orders'"), TestCase("@text == null")]
    [TestCase("IsOpen and Side == 'Sell'"), TestCase("Side == 'Buy' or IsOpen"), TestCase("Side == 'Buy' && IsOpen || IsOpen"), TestCase("!(IsOpen and Side == 'Buy')")]
    [TestCase("IsOpen or IsOpen and Side == 'Buy'")]
    public void AConditionHolds(string condition)
    {
        Assert.That(Matches(condition), Is.True);
        Assert.That(Matches($"not ({condition})"), Is.False);
    }

    [TestCase("", 1, "the end stands where a field or a value is expected")]
    [TestCase("Sid == 'Buy'", 1, "no field 'Sid' in IpMpsc.Tool.Tests.Support.Order. Did you mean 'Side'?")]
    [TestCase("IsOpen and Last.Numbr > 1", 12, "no field 'Numbr' in Last. Did you mean 'Number'?")]
    [TestCase("@pos > 1", 1, "no field '@pos'")]
    [TestCase("Side == 'Hold'", 9, "no member 'Hold'; it has Buy, Sell")]
    [TestCase("Price > 'high'", 9, "'Price' is of type decimal, and 'high' is text. Compare it with a number")]
    [TestCase("Note == 5", 9, "Compare it with text in quotes")]
    [TestCase("Note == Price", 9, "They cannot be compared")]
    [TestCase("At > 'yesterday'", 6, "'yesterday' is not a date and time such as")]
    [TestCase("Price", 1, "is not a condition. Compare it")]
    [TestCase("IsOpen > false", 8, "has no order")]
    [TestCase("Limit > null", 7, "Use == or !=")]
    [TestCase("Price contains 'x'", 1, "contains needs text or an array")]
    [TestCase("Note matches '('", 14, "is not a regular expression")]
    [TestCase("Note contains Note", 15, "Text in quotes stands behind contains")]
    [TestCase("1 == 1", 1, "are constants")]
    [TestCase("IsOpen IsOpen", 8, "'IsOpen' stands where the end")]
    [TestCase("(IsOpen", 8, "the end stands where ')' is expected")]
    [TestCase("Note == 'open", 9, "has no end")]
    [TestCase("Price > 1.2.3", 9, "'1.2.3' is not a number")]
    [TestCase("Price ~ 5", 7, "'~' has no meaning here")]
    [TestCase("Price[0] > 5", 1, "which has no elements")]
    [TestCase("length(Price) > 5", 8, "has no length")]
    [TestCase("Lots == 5", 9, "one of its elements")]
    public void AMistakeIsNamedWithItsPlace(string condition, int character, string told)
    {
        ToolException error = Assert.Throws<ToolException>(() => Matches(condition))!;

        Assert.That(error.Message, Does.StartWith($"--where, character {character}: ").And.Contain(told));
        Assert.That(error.Code, Is.EqualTo(ExitCode.Usage));
    }

    /// <summary>A generated expression causes an error and not a stack overflow.</summary>
    [Test]
    public void DeepNestingIsRefused() =>
        Assert.That(() => Matches(new string('(', 100_000)), Throws.TypeOf<ToolException>().With.Message.Contains("within each other"));

    [TestCase("{Side} {Number}", "Sell 18446744073709551615")]
    [TestCase("{Price:0.0}|{Price,8}|{Price,-8}|", "100.0|   99.95|99.95   |")]
    [TestCase("{{{Last.Number}}}\\t{Limit}.", "{-7}\t.")]
    [TestCase("{Lots} {Last} {Tags[1]}", """[100,250] {"Number":-7,"Side":2} desk""")]
    [TestCase("{At:yyyy} {Day} {Number:X}", "2026 2026-11-30 FFFFFFFFFFFFFFFF")]
    [TestCase("{@channel} {@type} {@position}", "orders IpMpsc.Tool.Tests.Support.Order 0")]
    public void ATemplateIsFilled(string template, string line) => Assert.That(Format(template), Is.EqualTo($"{line}\n"));

    [TestCase("{Pric}", 2, "Did you mean 'Price'?")]
    [TestCase("a {Price", 3, "has no }")]
    [TestCase("a } b", 3, "no { before this }")]
    [TestCase("{}", 2, "A field stands between braces")]
    [TestCase("{Price,x}", 8, "'x' is not a width")]
    [TestCase("{Number:Q}", 9, "'Q' is not a format of type u64")]
    public void AWrongTemplateIsNamedWithItsPlace(string template, int character, string told) => Assert.That(
        () => Format(template),
        Throws.TypeOf<ToolException>().With.Message.StartsWith($"--format, character {character}: ").And.Message.Contains(told));

    private bool Matches(string condition)
    {
        MessageFilter filter = new([], condition, [_decoder]);
        DecodedMessage message = Decode();
        return filter.Matches(in message);
    }

    private string Format(string template)
    {
        TemplateWriter writer = new(template, [_decoder], new MessageFilter([], null, [_decoder]));
        DecodedMessage message = Decode();
        return System.Text.Encoding.UTF8.GetString(writer.Write(in message));
    }

    private DecodedMessage Decode() => _decoder.Decode(_message);
}
