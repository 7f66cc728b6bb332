using System.Net;
using System.Numerics;
using System.Text;
using IpMpsc.Generators.Tests.Messages;
using IpMpsc.Schemas;

namespace IpMpsc.Generators.Tests;

/// <summary>The bytes of texts, numbers of several parts and collections, once written down by hand as docs/schema.md has them.</summary>
public sealed class GoldenByteTests
{
    private static readonly byte[] s_values = Wire.Write(new Values
    {
        Complex = new Complex(1.5, -2),
        Vector2 = new Vector2(1, 2),
        Vector3 = new Vector3(1, 2, 3),
        Vector4 = new Vector4(1, 2, 3, 4),
        Quaternion = new Quaternion(1, 2, 3, 4),
        Plane = new Plane(1, 2, 3, 4),
        Small = new Matrix3x2(1, 2, 3, 4, 1, 2),
        Large = new Matrix4x4(1, 2, 3, 4, 4, 3, 2, 1, 1, 2, 3, 4, 4, 3, 2, 1),
        Big = -256,
        Address = IPAddress.Parse("2001:db8::1"),
        Uri = new Uri("a/b", UriKind.Relative),
        MaybeUri = new Uri("https://example.org/"),
        Version = new Version(1, 2, 3),
        Tuple = (5, "five", null),
        Entry = new("key", -1),
    });

    private static readonly byte[] s_collected = Wire.Write(new Collected
    {
        Texts = ["a", "ß"],
        MaybeTexts = [null, ""],
        Jagged = [[1, 2], []],
        Counts = [7, null],
        Memory = new[] { "m" },
        Numbers = [1, 2],
        Readable = ["r"],
        Fixed = [3],
        Ids = [4],
        Ages = new() { ["Al"] = 36 },
        Replies = [new ChannelAddress("/there")],
        Times = [new DateTime(1, DateTimeKind.Utc)],
        Entries = [new("k", [9L])],
        Flags = [true, false],
    });

    [TestCase("Complex", "000000000000F83F 00000000000000C0")]
    [TestCase("Vector2", "0000803F 00000040")]
    [TestCase("Vector3", "0000803F 00000040 00004040")]
    [TestCase("Vector4", "0000803F 00000040 00004040 00008040")]
    [TestCase("Quaternion", "0000803F 00000040 00004040 00008040")]
    [TestCase("Plane", "0000803F 00000040 00004040 00008040")]
    [TestCase("Small", "0000803F 00000040 00004040 00008040 0000803F 00000040")]
    [TestCase("Large", "0000803F 00000040 00004040 00008040 00008040 00004040 00000040 0000803F 0000803F 00000040 00004040 00008040 00008040 00004040 00000040 0000803F")]
    public void NumbersOfSeveralPartsLieOneBehindTheOther(string field, string bytes) =>
        Assert.That(Hex(SlotOf<Values>(s_values, field)), Is.EqualTo(bytes.Replace(" ", "", StringComparison.Ordinal)));

    [TestCase("Big", "00FF")] // Two's complement, lowest byte first.
    [TestCase("Address", "323030313A6462383A3A31")]
    [TestCase("Uri", "612F62")]
    [TestCase("MaybeUri", "68747470733A2F2F6578616D706C652E6F72672F")]
    [TestCase("Version", "312E322E33")]
    public void TextsLieBehindTheirRanges(string field, string bytes) =>
        Assert.That(Hex(Behind(s_values, SlotOf<Values>(s_values, field))), Is.EqualTo(bytes));

    [TestCase("MaybeBig")]
    [TestCase("MaybeAddress")]
    [TestCase("MaybeVersion")]
    public void NullIsARangeOfTwoZeros(string field) =>
        Assert.That(Hex(SlotOf<Values>(s_values, field)), Is.EqualTo("0000000000000000"));

    [Test]
    public void PartsLieAsFieldsOfAStruct()
    {
        byte[] tuple = SlotOf<Values>(s_values, "Tuple");
        byte[] entry = SlotOf<Values>(s_values, "Entry");

        Assert.That(Hex(tuple[..4]), Is.EqualTo("05000000"));
        Assert.That(Text(s_values, tuple[4..12]), Is.EqualTo("five"));
        Assert.That(Hex(tuple[12..]), Is.EqualTo("00000000" + "0000000000000000" + "0000000000000000")); // Free, then null.
        Assert.That(Text(s_values, entry[..8]), Is.EqualTo("key"));
        Assert.That(Hex(entry[8..]), Is.EqualTo("FFFFFFFF"));
    }

    [TestCase("Numbers", "01000000 02000000")]
    [TestCase("Fixed", "03000000")]
    [TestCase("Ids", "04000000")]
    [TestCase("Counts", "01000000 07000000 00000000 00000000")] // There, then 7; null.
    [TestCase("Times", "0100000000000040")]
    [TestCase("Flags", "0100")]
    public void ElementsLieOneBehindTheOther(string field, string bytes) =>
        Assert.That(Hex(List(field)), Is.EqualTo(bytes.Replace(" ", "", StringComparison.Ordinal)));

    [Test]
    public void ListsOfRangesComeBeforeWhatTheyPointAt()
    {
        byte[] texts = List("Texts");
        byte[] maybe = List("MaybeTexts");
        byte[] jagged = List("Jagged");
        byte[] ages = List("Ages");
        byte[] entries = List("Entries");

        Assert.Multiple(() =>
        {
            Assert.That((Text(s_collected, texts[..8]), Text(s_collected, texts[8..])), Is.EqualTo(("a", "ß")));
            Assert.That(Hex(maybe[..8]), Is.EqualTo("0000000000000000"), "null");
            Assert.That(Hex(maybe[8..12]), Is.Not.EqualTo("00000000"), "empty has an offset");
            Assert.That(Hex(maybe[12..]), Is.EqualTo("00000000"), "and no length");
            Assert.That((Hex(Behind(s_collected, jagged[..8])), Hex(Behind(s_collected, jagged[8..]))), Is.EqualTo(("0100000002000000", "")));
            Assert.That(Text(s_collected, List("Memory")), Is.EqualTo("m"));
            Assert.That(Text(s_collected, List("Readable")), Is.EqualTo("r"));
            Assert.That(Text(s_collected, List("Replies")), Is.EqualTo("/there"));
            Assert.That((Text(s_collected, ages[..8]), Hex(ages[8..])), Is.EqualTo(("Al", "24000000")));
            Assert.That((Text(s_collected, entries[..8]), Hex(Behind(s_collected, entries[8..]))), Is.EqualTo(("k", "0900000000000000")));
        });
    }

    private static byte[] List(string field) => Behind(s_collected, SlotOf<Collected>(s_collected, field));

    private static byte[] SlotOf<T>(byte[] payload, string name) where T : struct, IChannelMessage<T>
    {
        SchemaField field = SchemaDocument.Parse(T.Schema.Text).Messages[0].Fields.Single(field => field.Name == name);
        return payload[field.Offset..(field.Offset + field.Type.Size)];
    }

    private static byte[] Behind(byte[] payload, byte[] range)
    {
        int offset = BitConverter.ToInt32(range);
        return payload[offset..(offset + BitConverter.ToInt32(range, sizeof(int)))];
    }

    private static string Text(byte[] payload, byte[] range) => Encoding.UTF8.GetString(Behind(payload, range));

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
