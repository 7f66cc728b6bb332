using IpMpsc.Generators.Tests.Messages;
using IpMpsc.Schemas;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Generators.Tests;

/// <summary>The parser reads what the generator writes and nothing else.</summary>
public sealed class SchemaParserTests
{
    /// <summary>Characters that mean something in a schema, and some that do not.</summary>
    private const string Letters = " \n@()[]{}?+:,=.09azé\0";

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
        Head + "8\n  X i32?? @0\n",
        Head + "8\n  X i32? @0\n  Y u8? @7\n",
        Head + "8\n  X i32[]?? @0\n",
        Head + "8\n  X utf8[2] @0\n",
        Head + "8\n  X (A:i32) @0\n",
        Head + "8\n  X (A:i32,A:i32) @0\n",
        Head + "8\n  X (A:i32,B:i32 @0\n",
        Head + "8\n  X {utf8:i32 @0\n",
        Head + "8\n  X {utf8} @0\n",
        Head + "8\n  X i32[0] @0\n",
        Head + "8\n  X i32[2 @0\n",
        Head + "8\n  X i32[999999999] @0\n",
        Head + "8\n  X i32[-2] @0\n",
        Head + "8\n  X E(i32)] @0\n",
        Head + "4\n  X E(i33) @0\n",
        Head + "4\n  X E(i32 @0\n",
        Head + "4\n  X E()(i32) @0\n",
        Head + "4\n  X N(4) @0\n",
        Head + "4\n  X N(4) @0\nstruct N size 8\n  Y i64 @0\n",
        Head + "8\n  X N(8) @0\nstruct N size 8\n  Y utf8 @0\n",
        Head + "8\n  X N(8) @0\nnested N version 1 size 8\n  Y utf8 @0\n",
        Head + "8\n  X N(+) @0\nnested N version 1 size 8\n  Y N(+) @0\n",
        Head + "8\n  X N(+) @0\nnested N version 1 size 8\n  Y utf8 @0\nnested N version 1 size 8\n  Y utf8 @0\n",
        Head + "8\n  X N(+) @0\nnested N version 1 size 8\n  Y utf8 @0 since 2\n",
        Head + "4\n  X i32 @0\nenum E u8\n  A = 1\n",
        Head + "1\n  X E(u8) @0\nenum E u8\n  A = 256\n",
        Head + "1\n  X E(u8) @0\nenum E u8\n  A = 01\n",
        Head + "1\n  X E(u8) @0\nenum E u8\n  A = 1\n  A = 2\n",
        Head + "2\n  X E(u8) @0\n  Y F(u8) @1\nenum F u8\nenum E u8\n",
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
        string definitions = Head + "1\n  X N0(1) @0\n" + string.Concat(
            Enumerable.Range(0, 1000).Select(depth => $"struct N{depth} size 1\n  X N{depth + 1}(1) @0\n")) + "struct N1000 size 1\n";
        string brackets = Head + "8\n  X u8" + string.Concat(Enumerable.Repeat("[]", 1000)) + " @0\n";
        string tuples = Head + "8\n  X " + string.Concat(Enumerable.Repeat("(A:u8,B:", 1000)) + "u8" + new string(')', 1000) + " @0\n";

        foreach (string text in new[] { definitions, brackets, tuples })
        {
            Assert.That(() => SchemaDocument.Parse(text), Throws.TypeOf<SchemaFormatException>().With.Message.Contains("is not a type"));
        }
    }

    [Test]
    public void InvalidUtf8IsATypedError() =>
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

    private static string Print(SchemaDocument document) => string.Concat(document.Messages.Select(message =>
    {
        List<string> definitions = [];
        HashSet<string> names = [];
        Define(message.Fields.Select(field => field.Type), names, definitions);
        return $"{message}\n{Print(message.Fields)}{string.Concat(definitions)}";
    }));

    private static string Print(IEnumerable<SchemaField> fields) => string.Concat(fields.Select(field => $"  {field}\n"));

    private static void Define(IEnumerable<SchemaType> types, HashSet<string> names, List<string> definitions)
    {
        foreach (SchemaType type in types)
        {
            if (type.Name.Length > 0 && names.Add(type.Name))
            {
                definitions.Add(type.Kind switch
                {
                    SchemaKind.Enum => $"enum {type.Name} {type.Element}\n" + string.Concat(type.Members.Select(member => $"  {member}\n")),
                    SchemaKind.Struct => $"struct {type.Name} size {type.Size}\n{Print(type.Fields)}",
                    _ => $"nested {type.Name} version {type.Version} size {BlockOf(type)}\n{Print(type.Fields)}",
                });
            }
            else if (type.Name.Length > 0)
            {
                continue;
            }

            Define(type.Fields.Select(field => field.Type), names, definitions);
            if (type.Element is { } element)
            {
                Define([element], names, definitions);
            }
        }
    }

    private static int BlockOf(SchemaType type)
    {
        int alignment = type.Fields.Select(field => field.Type.Alignment).DefaultIfEmpty(1).Max();
        int end = type.Fields.Select(field => field.Offset + field.Type.Size).DefaultIfEmpty(1).Last();
        return (end + alignment - 1) & -alignment;
    }
}
