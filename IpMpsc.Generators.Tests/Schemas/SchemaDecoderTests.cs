using System.Text.Json;
using IpMpsc.Generators.Tests.Messages;
using IpMpsc.Schemas;

namespace IpMpsc.Generators.Tests;

/// <summary>Payloads decoded and encoded by the schema alone.</summary>
public sealed class SchemaDecoderTests
{
    private static readonly SchemaMessage s_order = SchemaDocument.Parse(Wire.Schema<OrderV3>().Text).Messages[0];

    [Test]
    public void JsonShowsEveryField()
    {
        SchemaMessage schema = SchemaDocument.Parse(Wire.Schema<Catalogue>().Text).Messages[0];
        byte[] payload = Wire.Write(new Catalogue
        {
            Kind = 1,
            Numbers = [1, -2],
            Points = [new Point(0.5, 2)],
            Sides = [Side.Sell],
            Flags = [true, false],
            Title = "Ω",
            Letters = "ab".AsMemory(),
            Notes = [new Note { Stars = 2, Author = "Bob", Marks = [Int128.MaxValue] }],
            ReplyTo = new ChannelAddress("here"),
        });

        Assert.That(ValueJson.Of(schema.Decode(payload, 1)), Is.EqualTo("""
            {"Kind":1,"Eight":[0,0,0,0,0,0,0,0],"Numbers":[1,-2],"Weights":[],"Points":[{"X":0.5,"Y":2}],"Sides":[2],
            "Flags":[true,false],"Title":"\u03A9","Letters":["a","b"],"Summary":{"Stars":0,"Author":"","Marks":[]},
            "Notes":[{"Stars":2,"Author":"Bob","Marks":[170141183460469231731687303715884105727]}],"More":[],"ReplyTo":"here"}
            """.ReplaceLineEndings("")));
    }

    [Test]
    public void NullsAreNullAndNumbersThatJsonDoesNotKnowAreText()
    {
        SchemaMessage schema = SchemaDocument.Parse(Wire.Schema<Sparse>().Text).Messages[0];

        string json = ValueJson.Of(schema.Decode(Wire.Write(new Sparse { Bytes = [1, 2, 3] }), 1));

        Assert.That(json, Is.EqualTo(
            """{"Name":null,"Wide":null,"Bytes":"AQID","Numbers":null,"Samples":null,"Notes":null,"More":null}"""));
        Assert.That(ValueJson.Of(new MessageValue { { "A", double.NaN }, { "B", float.NegativeInfinity }, { "C", '\ud800' } }),
            Is.EqualTo("""{"A":"NaN","B":"-Infinity","C":55296}"""));
    }

    [Test]
    public void FieldsThatTheSenderDidNotKnowAreLeftOut()
    {
        MessageValue value = s_order.Decode(Wire.Write(new OrderV1 { Instrument = 1, Quantity = 2 }), version: 1);

        Assert.That(value.Names, Is.EqualTo(new[] { "Instrument", "Quantity" }));
    }

    [Test]
    public void JsonBecomesAMessage()
    {
        using JsonDocument json = JsonDocument.Parse(
            """{"Quantity":7,"Limit":"Infinity","Account":"A1","Legs":[1,-2]}""");

        OrderV3 order = Wire.Read<OrderV3>(s_order.Encode(s_order.ReadJson(json.RootElement)));

        Assert.That((order.Quantity, order.Limit, order.Account), Is.EqualTo((7, double.PositiveInfinity, "A1")));
        Assert.That(order.Legs, Is.EqualTo(new long[] { 1, -2 }));
        Assert.That(order.Comment, Is.Null);
    }

    [TestCase("""{"Quantity":"seven"}""", "'Market.Order.Quantity' is of type i32")]
    [TestCase("""{"Quantity":2147483648}""", "'Market.Order.Quantity' is of type i32")]
    [TestCase("""{"Quantity":null}""", "'Market.Order.Quantity' is of type i32")]
    [TestCase("""{"Account":null}""", "'Market.Order.Account' is of type utf8")]
    [TestCase("""{"Legs":[1,"x"]}""", "'Market.Order.Legs[1]' is of type i64")]
    [TestCase("""{"Colour":1}""", "has no field 'Colour'")]
    [TestCase("[]", "it needs a JSON object; [] is not one")]
    public void JsonThatDoesNotFitIsExplained(string text, string problem)
    {
        using JsonDocument json = JsonDocument.Parse(text);

        Assert.That(() => s_order.ReadJson(json.RootElement), Throws.InstanceOf<MessageValueException>().With.Message.Contains(problem));
    }

    [Test]
    public void ValuesOfTheWrongTypeAreExplained()
    {
        Assert.That(
            () => s_order.Encode(new MessageValue { { "Quantity", 7L } }),
            Throws.InstanceOf<MessageValueException>().With.Message.Contains("'Market.Order.Quantity' is of type i32; a Int64 is not a value of it"));
        Assert.That(
            () => s_order.Encode(new MessageValue { { "Nothing", null } }),
            Throws.InstanceOf<MessageValueException>().With.Message.Contains("no field 'Nothing'"));
    }

    [Test]
    public void RangesThatShareBytesDoNotMultiply()
    {
        const string Text =
            """
            message A id 1 version 1 size 8
              List B(+)[] @0
            nested B version 1 size 8
              Text utf8 @0

            """;
        SchemaMessage schema = SchemaDocument.Parse(Text).Messages[0];
        byte[] payload = new byte[64 * 1024];
        Store(payload, at: 0, offset: 16, length: 0x7000);
        Store(payload, at: 8, offset: 8, length: 0x4040);
        for (int at = 16; at < payload.Length; at += 8)
        {
            Store(payload, at, offset: 8, length: 0x7040);
        }

        Assert.That(
            () => schema.Decode(payload, 1), Throws.TypeOf<MessageFormatException>().With.Message.Contains("overlap"));
    }

    private static void Store(byte[] payload, int at, uint offset, uint length)
    {
        BitConverter.TryWriteBytes(payload.AsSpan(at), offset);
        BitConverter.TryWriteBytes(payload.AsSpan(at + 4), length);
    }
}
