using System.Reflection;
using System.Runtime.Loader;
using IpMpsc.Schemas;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Headers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace IpMpsc.Generators.Tests;

/// <summary>The C# that <c>ipmpsc schema --csharp</c> generates from a schema has the same schema, whatever types it mentions.</summary>
public sealed class SchemaToCSharpTests
{
    /// <summary>Every message of these tests; some share a name, as versions of each other.</summary>
    private static IEnumerable<TestCaseData> Messages =>
        from type in typeof(SchemaToCSharpTests).Assembly.GetTypes()
        where type is { IsValueType: true, ContainsGenericParameters: false }
            && type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IChannelMessage<>))
        select new TestCaseData(SchemaOf(type)).SetArgDisplayNames(type.Name);

    [TestCaseSource(nameof(Messages))]
    public void TheSchemaSurvivesTheRoundTrip(MessageSchema schema) => RequireRoundTrip(schema.Name, schema.Text);

    [TestCase("message Plain id 7 version 1 size 4\n  namespace i32 @0\n", "Plain")]
    [TestCase("message Demo.class id 7 version 1 size 8\n  Value f64 @0\n", "Demo.class")]
    public void KeywordsAreKept(string text, string name) => RequireRoundTrip(name, text);

    [Test]
    public void NameThatNoTypeCanHaveIsRefused()
    {
        const string text = "message 9.not-a-name id 7 version 1 size 4\n  Value i32 @0\n";

        Assert.That(
            () => CSharpSource.Of(new SchemaSource("channel", text, SchemaDocument.Parse(text))),
            Throws.InstanceOf<ToolException>().With.Message.Contains("'9.not-a-name'"));
    }

    private static void RequireRoundTrip(string name, string text)
    {
        string source = CSharpSource.Of(new SchemaSource("channel", text, SchemaDocument.Parse(text)));
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(source));
        using MemoryStream image = new();
        EmitResult result = outcome.Output.Emit(image);
        Assert.That(result.Success, () => $"{string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))}\n{source}");
        image.Position = 0;
        AssemblyLoadContext context = new(name, isCollectible: true);
        try
        {
            Assert.That(
                context.LoadFromStream(image).GetTypes().Select(SchemaOf).OfType<MessageSchema>().Single(schema => schema.Name == name).Text,
                Is.EqualTo(text),
                source);
        }
        finally
        {
            context.Unload();
        }
    }

    private static MessageSchema? SchemaOf(Type type) =>
        type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IChannelMessage<>))
            ? (MessageSchema)typeof(MessageSchema).GetMethod(nameof(MessageSchema.Of))!.MakeGenericMethod(type).Invoke(null, null)!
            : null;
}
