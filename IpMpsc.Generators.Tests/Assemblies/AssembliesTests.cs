using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>Messages that are declared in another assembly than the messages that contain them.</summary>
public sealed class AssembliesTests
{
    /// <summary>The messages that the other tests run, as a library would have them.</summary>
    private static readonly string s_library = string.Join("\n", Directory
        .EnumerateFiles(Path.Join(IpMpsc.Tests.Documentation.Repository.Root, "IpMpsc.Generators.Tests/Messages"), "*.cs", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) is not ("MessageGenerators.cs" or "RandomMessages.cs" or "Raw.cs"))
        .Select(File.ReadAllText)
        .Select(text => string.Join("\n", text.Split('\n').Where(line => !line.StartsWith("using ", StringComparison.Ordinal)))
            .Replace("namespace IpMpsc.Generators.Tests.Messages;", "namespace Lib {") + "}"));

    private const string Usings = """
        using System; using System.Collections.Generic; using System.Collections.Immutable; using System.Linq; using System.Net;
        using System.Numerics; using System.Text; using IpMpsc;

        """;

    private const string Holders = """
        namespace App
        {
            using Lib;
            [ChannelMessage] public partial struct Holder
            {
                public Catalogue Catalogue; public Document Document; public EveryNumber Numbers; public Sparse Sparse; public Values Values;
                public Collected Collected; public Moments Moments; public OrderV3 Order; public HolderV2 Grown; public Point Point;
                public Note[] Notes; public Dictionary<string, Document> Documents; public Point?[] Points; public List<OrderV2> Orders;
            }
            [ChannelProtocol(typeof(Holder), typeof(Document), typeof(Point), typeof(OrderV2))] public static partial class Market;
        }
        """;

    private const string Text = """
        using System; using IpMpsc;
        namespace Lib
        {
            [ChannelMessage(Version = 2)] public partial struct Wide
            {
                [Utf16] public string Title { get; set; }
                private int Secret { get; set; }
                [Since(2)] public string Added { get; set; }
            }
        }
        """;

    [Test]
    public void SchemaIsThatOfOneAssembly()
    {
        string separate = SchemaOf(Application(Library(Usings + s_library), Usings + Holders), "Holder");
        string together = SchemaOf(GeneratorHarness.Compile(Usings + s_library + Holders), "Holder");

        Assert.That(separate, Is.EqualTo(together));
    }

    [Test]
    public void MessagesOfALibraryCauseNoDiagnostics([Values(LanguageVersion.CSharp13, GeneratorHarness.CSharp14)] LanguageVersion language) =>
        Assert.That(GeneratorHarness.Run(Application(Library(Usings + s_library), Usings + Holders, language)).Complaints, Is.Empty);

    [Test]
    public void AttributesOfAutoPropertiesAreThoseOfTheLibrary()
    {
        const string Use = "[IpMpsc.ChannelMessage] public partial struct Use { public Lib.Wide W; public Lib.Wide[] Many; }";

        Assert.That(SchemaOf(Application(Library(Text), Use), "Use"), Is.EqualTo("""
            message Use id 55405 version 1 size 16
              W Lib.Wide(+) @0
              Many Lib.Wide(+)[] @8
            nested Lib.Wide version 2 size 20
              Title utf16 @0
              Secret i32 @8
              Added utf8 @12 since 2

            """.ReplaceLineEndings("\n").Replace("id 55405", $"id {IdOf("Use")}")));
    }

    [Test]
    public void MessageOfALibraryArrives()
    {
        const string Use = """
            using System; using IpMpsc;
            [ChannelMessage] public partial struct Use { public Lib.Wide W; public Lib.Wide[] Many; }
            public static class Program
            {
                public static string Run()
                {
                    using var receiver = Receiver<Use>.CreateTemporary();
                    using var sender = Sender<Use>.Open(receiver.Path);
                    sender.Send(new Use { W = new() { Title = "abc", Added = "d" }, Many = [new() { Title = "e" }] });
                    Use read = receiver.Receive();
                    return read.W.Title + read.W.Added + read.Many[0].Title;
                }
            }
            """;
        AssemblyLoadContext context = new(nameof(MessageOfALibraryArrives), isCollectible: true);
        byte[] library = Emit(GeneratorHarness.Run(GeneratorHarness.Compile(Text).WithAssemblyName("Lib")).Output);
        context.LoadFromStream(new MemoryStream(library));
        Compilation application = GeneratorHarness.Run(
            Compile(Use, GeneratorHarness.CSharp14, MetadataReference.CreateFromImage(library))).Output;

        Assembly loaded = context.LoadFromStream(new MemoryStream(Emit(application)));

        Assert.That(loaded.GetType("Program")!.GetMethod("Run")!.Invoke(null, null), Is.EqualTo("abcde"));
    }

    [Test]
    public void TypeBehindAnExternAliasIsFound()
    {
        MetadataReference library = Library(Text).WithAliases(["other"]);
        const string Use = """
            extern alias other;
            [IpMpsc.ChannelMessage] public partial struct Use { public other::Lib.Wide W; public System.Collections.Generic.List<other::Lib.Wide> Many; }
            [IpMpsc.ChannelProtocol(typeof(Use), typeof(other::Lib.Wide))] public partial class Market;
            """;

        Assert.That(GeneratorHarness.Run(Compile(Use, GeneratorHarness.CSharp14, library)).Complaints, Is.Empty);
    }

    [Test]
    public void OwnTypeIsPreferredToThatOfAReference() =>
        Assert.That(
            GeneratorHarness.Run(Compile(Text, GeneratorHarness.CSharp14, Library(Text))).Complaints.Where(text => !text.StartsWith("Consumer.cs", StringComparison.Ordinal)),
            Is.Empty);

    private static int IdOf(string name) => int.Parse(
        System.Text.RegularExpressions.Regex.Match(SchemaOf(GeneratorHarness.Compile($"[IpMpsc.ChannelMessage] partial struct {name} {{ }}"), name), @"id (\d+)").Groups[1].Value,
        System.Globalization.CultureInfo.InvariantCulture);

    private static Compilation Application(MetadataReference library, string source, LanguageVersion language = GeneratorHarness.CSharp14) =>
        Compile(source, language, library);

    private static Compilation Compile(string source, LanguageVersion language, MetadataReference library) =>
        GeneratorHarness.Compile(source, language).AddReferences(library);

    private static MetadataReference Library(string source) => MetadataReference.CreateFromImage(
        Emit(GeneratorHarness.Run(GeneratorHarness.Compile(source).WithAssemblyName("Lib")).Output));

    private static byte[] Emit(Compilation compilation)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        return image.ToArray();
    }

    private static string SchemaOf(Compilation compilation, string message)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(compilation);
        Assert.That(outcome.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Is.Empty);
        ISymbol holder = outcome.Output.GetSymbolsWithName(message, SymbolFilter.Type).Single();
        return (string)holder.GetAttributes().Single(attribute => attribute.AttributeClass!.Name == "MessageLayoutAttribute").ConstructorArguments[4].Value!;
    }
}
