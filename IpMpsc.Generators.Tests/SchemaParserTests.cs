using IpMpsc.Generators.Tests.Messages;
using IpMpsc.Schemas;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Generators.Tests;

/// <summary>The parser reads what the generator writes and nothing else.</summary>
public sealed class SchemaParserTests
{
    /// <summary>Those that mean something in a schema, and some that do not.</summary>
    private const string Letters = " \n@()[]?+.09azé\0";

    private const string Head = "message A.B id 1 version 2 size ";

    private static string[] GeneratedTexts =>
    [
        Wire.Schema<EveryNumber>().Text,
        Wire.Schema<Document>().Text,
        Wire.Schema<Catalogue>().Text,
        Wire.Schema<Sparse>().Text,
        Wire.Schema<Raw>().Text,
        Wire.Schema<OrderV3>().Text,
    ];

    private static IEnumerable<string> BadTexts =>
    [
        "\n",
        "message",
        Head + "1",
        Head + "2\n",
        "message A.B id 0 version 1 size 1\n",
        "message A.B id 65536 version 1 size 1\n",
        "message A..B id 1 version 1 size 1\n",
        "message A.B id 01 version 1 size 1\n",
        "message A.B  id 1 version 1 size 1\n",
        Head + "1\n" + Head + "1\n",
        Head + "4\n  X i32 @1\n",
        Head + "4\n  X i32 @4294967296\n",
        Head + "4\n   X i32 @0\n",
        Head + "4\n  X i32 @0 since 3\n",
        Head + "4\n  X i32 @0 since 1\n",
        Head + "8\n  X i32 @0 since 2\n  Y i32 @4\n",
        Head + "8\n  X i32 @0\n  X i32 @4\n",
        Head + "4\n  X i33 @0\n",
        Head + "4\n  X i32? @0\n",
        Head + "8\n  X i32[]?? @0\n",
        Head + "8\n  X i32[][] @0\n",
        Head + "8\n  X utf8[] @0\n",
        Head + "8\n  X i32[0] @0\n",
        Head + "8\n  X i32[2 @0\n",
        Head + "8\n  X i32[999999999] @0\n",
        Head + "8\n  X i32[-2] @0\n",
        Head + "8\n  X E(i32)] @0\n",
        Head + "4\n  X E(i33) @0\n",
        Head + "4\n  X E(i32 @0\n",
        Head + "4\n  X E()(i32) @0\n",
        Head + "4\n  X N(4) @0\n    Y i64 @0\n",
        Head + "8\n  X N(8) @0\n    Y utf8 @0\n",
        Head + "1\n  X u8[1][1][1][1][1][1][1][1][1] @0\n",
    ];

    [TestCaseSource(nameof(GeneratedTexts))]
    public void ReadsWhatTheGeneratorWrites(string text)
    {
        SchemaDocument document = SchemaDocument.Parse(text);

        Assert.That(Print(document), Is.EqualTo(text));
    }

    [Test]
    public void ReadsTheSampleOfTheDocumentation()
    {
        string sample = string.Concat(
            Repository.Read("docs/schema.md").Split('\n')
                .SkipWhile(line => !line.StartsWith("    message ", StringComparison.Ordinal))
                .TakeWhile(line => line.Length > 0)
                .Select(line => line[4..] + "\n"));

        Assert.That(Print(SchemaDocument.Parse(sample)), Is.EqualTo(sample));
    }

    [Test]
    public void EmptyTextIsTheSchemaOfRawBytes() => Assert.That(SchemaDocument.Parse("").Messages, Is.Empty);

    [TestCaseSource(nameof(BadTexts))]
    public void AnythingElseIsATypedError(string text) =>
        Assert.That(() => SchemaDocument.Parse(text), Throws.TypeOf<SchemaFormatException>());

    [Test]
    public void ErrorNamesTheLine()
    {
        SchemaFormatException error = Assert.Throws<SchemaFormatException>(
            () => SchemaDocument.Parse(Head + "8\n  X i32 @0\n  Y i32 @5\n"))!;

        Assert.That(error.Line, Is.EqualTo(3));
        Assert.That(error.Message, Is.EqualTo("Line 3 of the schema: 'Y' lies at 4, not at 5."));
    }

    [Test]
    public void NestingHasALimit()
    {
        string text = Head + "1\n" + string.Concat(
            Enumerable.Range(1, 1000).Select(depth => new string(' ', 2 * depth) + "X N(1) @0\n"));

        Assert.That(
            () => SchemaDocument.Parse(text), Throws.TypeOf<SchemaFormatException>().With.Message.Contains("levels deep"));
    }

    [Test]
    public void BytesThatAreNoTextAreATypedError() =>
        Assert.That(() => SchemaDocument.Parse([0xFF, 0xFE]), Throws.TypeOf<SchemaFormatException>());

    [Test]
    public void DamagedTextsNeverRaiseAnythingElse([Random(0, int.MaxValue, 20)] int seed)
    {
        var random = new Random(seed);
        string text = GeneratedTexts[random.Next(GeneratedTexts.Length)];
        for (int round = 0; round < 200; round++)
        {
            char[] damaged = text.ToCharArray();
            for (int change = 0; change <= random.Next(4); change++)
            {
                damaged[random.Next(damaged.Length)] = Letters[random.Next(Letters.Length)];
            }

            try
            {
                SchemaDocument.Parse(new string(damaged));
            }
            catch (SchemaFormatException)
            {
            }
        }
    }

    private static string Print(SchemaDocument document) => string.Concat(
        document.Messages.Select(message => $"{message}\n{Print(message.Fields, "  ")}"));

    private static string Print(IEnumerable<SchemaField> fields, string indent) => string.Concat(
        fields.Select(field => $"{indent}{field}\n{Print(Members(field.Type), indent + "  ")}"));

    private static IReadOnlyList<SchemaField> Members(SchemaType type) =>
        type.Element is { } element ? Members(element) : type.Fields;
}
