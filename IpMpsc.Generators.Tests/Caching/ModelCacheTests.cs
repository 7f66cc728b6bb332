using System.Collections.Immutable;
using IpMpsc.Generators.Caching;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>After an edit, the generators parse again everything that depends on it, and nothing else.</summary>
public sealed class ModelCacheTests
{
    private const string Message = "Message.cs";

    private static readonly Dictionary<string, string> s_files = new()
    {
        [Message] = """
            using IpMpsc;
            namespace Demo.Messages;
            [ChannelMessage(Version = 5)] public partial struct Order
            {
                public Header Header;
                public Side Side;
                public Money Price;
                [Since(Versions.Second)] public int Count;
                private int Twice() { return new Helper().Twice(Count); }
            }
            """,
        ["Header.cs"] = """
            namespace Demo;
            [IpMpsc.ChannelMessage] public partial struct Header { public long Number; public Origin Origin; }
            """,
        ["Origin.cs"] = "namespace Demo; public enum Origin : short { Here, There }",
        ["Side.cs"] = "namespace Demo { public enum Side : byte { Buy, Sell } }",
        ["Money.cs"] = "namespace Finance; public enum Money : long { }",
        ["Versions.cs"] = "namespace Demo; class Versions : MoreVersions { }",
        ["MoreVersions.cs"] = "namespace Demo; class MoreVersions { public const int Second = 2; }",
        ["Usings.cs"] = "global using Finance;",
        ["Helper.cs"] = "namespace Demo.Messages; class Helper { public int Twice(int count) => 2 * count; }",
        ["Protocol.cs"] = "namespace Demo.Messages; [IpMpsc.ChannelProtocol(typeof(Order))] public static partial class Market;",
    };

    [TestCase("Header.cs", "long Number", "int Number", TestName = "A field of a nested message")]
    [TestCase("Origin.cs", "There", "Elsewhere", TestName = "A member of an enum in a nested message")]
    [TestCase("Side.cs", "Sell", "Sell = 9", TestName = "The value of an enum's member")]
    [TestCase("Side.cs", ": byte", ": long", TestName = "The type behind an enum")]
    [TestCase("MoreVersions.cs", "= 2", "= 3", TestName = "A constant in a base class of a class that an attribute names")]
    [TestCase("Usings.cs", "Finance;", "Money = Demo.Origin;", TestName = "Another global using")]
    [TestCase("Helper.cs", "class Helper", "enum Side : long { } class Helper", TestName = "A new type that hides another")]
    [TestCase("Helper.cs", "class Helper", "partial struct Order { public long Extra; } class Helper", TestName = "A second part of the message")]
    [TestCase("Helper.cs", "class Helper", "class ChannelMessageAttribute : System.Attribute { } class Helper", TestName = "A type that hides the attribute")]
    [TestCase(Message, "int Count", "long Count", TestName = "A field of the message")]
    public void EditChangesWhatIsGenerated(string file, string old, string replacement)
    {
        Compilation before = Compile(s_files);
        Compilation after = Replace(before, file, old, replacement);

        Assert.That(AfterEdit(before, after), Is.EqualTo(FromScratch(after)).And.Not.EqualTo(FromScratch(before)));
        Assert.That(DependenciesOfMessage(after), Is.Not.EqualTo(DependenciesOfMessage(before)));
    }

    /// <summary>The resolvers of the compiler server cannot be compared: comparing them made a second build in the same server generate nothing.</summary>
    [Test]
    public void ResolversThatCannotBeComparedAreNotCompared()
    {
        Compilation compilation = Compile(s_files);
        Compilation[] builds =
        [
            .. Enumerable.Range(0, 2).Select(_ => compilation.WithOptions(compilation.Options.WithMetadataReferenceResolver(new IncomparableResolver()))),
        ];

        Assert.That(DependenciesOfMessage(builds[0]), Is.EqualTo(DependenciesOfMessage(builds[1])));
    }

    [Test]
    public void NewVersionOfAReferencedAssemblyChangesWhatIsGenerated()
    {
        Compilation plain = Compile(s_files);
        plain = plain.RemoveSyntaxTrees(TreeOf(plain, "Side.cs"));
        Compilation before = plain.AddReferences(Library("public enum Side : byte { Buy, Sell }"));
        Compilation after = plain.AddReferences(Library("public enum Side : byte { Buy, Sell, Short }"));

        Assert.That(AfterEdit(before, after), Is.EqualTo(FromScratch(after)).And.Not.EqualTo(FromScratch(before)));
        Assert.That(DependenciesOfMessage(after), Is.Not.EqualTo(DependenciesOfMessage(before)));
    }

    [Test]
    public void NewNamespaceThatHidesAnotherChangesWhatIsGenerated()
    {
        Compilation before = Compile(s_files);
        Compilation after = before.AddSyntaxTrees(Parse("namespace Demo.Messages.IpMpsc { }", "New.cs"));

        Assert.That(AfterEdit(before, after), Is.EqualTo(FromScratch(after)));
        Assert.That(DependenciesOfMessage(after), Is.Not.EqualTo(DependenciesOfMessage(before)));
    }

    [Test]
    public void ChangedOptionsChangeWhatIsGenerated()
    {
        Compilation before = Compile(s_files);
        Compilation after = before.WithOptions(
            ((CSharpCompilationOptions)before.Options).WithNullableContextOptions(NullableContextOptions.Disable));

        Assert.That(DependenciesOfMessage(after), Is.Not.EqualTo(DependenciesOfMessage(before)));
    }

    /// <summary>Nothing in the message has the name of the new type: a global using leads there.</summary>
    [Test]
    public void NewTypeThatAGlobalUsingNamesChangesWhatIsGenerated()
    {
        Compilation before = Compile(new(s_files)
        {
            [Message] = s_files[Message].Replace("Money Price", "Cash Price"),
            ["Usings.cs"] = "global using Cash = Demo.Coin;",
        });
        Compilation after = Replace(before, "Side.cs", "enum Side", "enum Coin : long { } public enum Side");

        Assert.That(AfterEdit(before, after), Is.EqualTo(FromScratch(after)).And.Not.EqualTo(FromScratch(before)));
    }

    [TestCase("[IpMpsc.ChannelMessage] partial struct Found { public int A; }")]
    [TestCase("[global::IpMpsc.ChannelMessageAttribute] partial record struct Found { public int A; }")]
    [TestCase("using IpMpsc; [@ChannelMessageAttribute] partial struct Found { public int A; }")]
    [TestCase("using Tag = IpMpsc.ChannelMessageAttribute; [Tag] partial struct Found { public int A; }")]
    [TestCase("using TagAttribute = IpMpsc.ChannelMessageAttribute; [Tag] partial struct Found { public int A; }")]
    [TestCase("namespace Demo { using Tag = IpMpsc.ChannelMessageAttribute; [Tag] partial struct Found { public int A; } }")]
    [TestCase("[Everywhere] partial struct Found { public int A; }")]
    [TestCase("[System.Serializable] [System.Obsolete, IpMpsc.ChannelMessage] partial struct Found { public int A; }")]
    [TestCase("partial interface IOuter { partial record Inner { [IpMpsc.ChannelMessage] internal partial struct Found { public int A; } } }")]
    [TestCase("partial struct Found { } [IpMpsc.ChannelMessage] partial struct Found { public int A; }")]
    public void MessageIsFoundWhateverItsAttributeIsCalledAndWhereverItStands(string text)
    {
        Compilation compilation = Compile(new()
        {
            [Message] = text,
            ["Usings.cs"] = "global using EverywhereAttribute = IpMpsc.ChannelMessageAttribute;",
        });

        Assert.That(FromScratch(compilation), Has.Exactly(1).Contains("partial ").And.One.Contains("Found"));
    }

    [TestCase("namespace Other { class ChannelMessageAttribute : System.Attribute { } [ChannelMessage] partial struct Lost { public int A; } }")]
    [TestCase("using ChannelMessage = System.ObsoleteAttribute; [ChannelMessage] partial struct Lost { public int A; }")]
    [TestCase("[IpMpsc.ChannelMessage] partial class Lost { public int A; }")]
    [TestCase("partial struct Lost { [IpMpsc.ChannelMessage] public int A; }")]
    public void OtherTypesAreNoMessages(string text) => Assert.That(FromScratch(Compile(new() { [Message] = text })), Is.Empty);

    [TestCase("class Unrelated { }")]
    [TestCase("namespace Demo; class Unrelated { Messages.Order _order; Header _header; }")]
    public void UnrelatedFileLeavesTheModels(string text)
    {
        Compilation before = Compile(s_files);
        Compilation after = before.AddSyntaxTrees(Parse(text, "Unrelated.cs"));

        Assert.That(DependenciesOfMessage(after), Is.EqualTo(DependenciesOfMessage(before)));
    }

    [Test]
    public void NamesInMethodBodiesAreUnrelated()
    {
        Compilation before = Compile(s_files);
        Compilation after = Replace(before, "Helper.cs", "2 * count", "count + count");

        Assert.That(DependenciesOfMessage(after), Is.EqualTo(DependenciesOfMessage(before)));
    }

    [Test]
    public void DependenciesOnVeryManyFilesAreDependenciesOnAll()
    {
        var files = new Dictionary<string, string>(s_files);
        for (int number = 0; number < 200; number++)
        {
            files.Add($"Chain{number}.cs", $"namespace Demo; enum Chain{number} {{ Next = (int)Chain{number + 1}.Next }}");
        }

        files[Message] = files[Message].Replace("Side Side", "Chain0 Side");
        Compilation before = Compile(files);

        Assert.That(
            DependenciesOfMessage(Replace(before, "Chain199.cs", "(int)Chain200.Next", "7")),
            Is.Not.EqualTo(DependenciesOfMessage(before)));
    }

    private static Dependencies DependenciesOfMessage(Compilation compilation) =>
        Surroundings.Of(compilation).DependenciesOf(TreeOf(compilation, Message));

    private static string[] AfterEdit(Compilation before, Compilation after) =>
        Texts(GeneratorHarness.CreateDriver(before).RunGenerators(before).RunGenerators(after));

    /// <summary>What is generated for the same text without any cache.</summary>
    private static string[] FromScratch(Compilation compilation)
    {
        Compilation copy = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(
            compilation.SyntaxTrees.Select(tree => Parse(tree.ToString(), tree.FilePath)));
        return Texts(GeneratorHarness.CreateDriver(copy).RunGenerators(copy));
    }

    private static string[] Texts(GeneratorDriver driver) =>
        [.. driver.GetRunResult().GeneratedTrees.Select(tree => tree.FilePath + "\n" + tree).Order(StringComparer.Ordinal)];

    private static Compilation Replace(Compilation compilation, string file, string old, string replacement)
    {
        SyntaxTree tree = TreeOf(compilation, file);
        Assert.That(tree.ToString(), Does.Contain(old));
        return compilation.ReplaceSyntaxTree(tree, Parse(tree.ToString().Replace(old, replacement), file));
    }

    private static CSharpCompilation Compile(Dictionary<string, string> files) => GeneratorHarness.Compile("")
        .RemoveAllSyntaxTrees()
        .AddSyntaxTrees(files.Select(file => Parse(file.Value, file.Key)));

    private static MetadataReference Library(string text)
    {
        var image = new MemoryStream();
        CSharpCompilation library = CSharpCompilation.Create(
            "Library",
            [Parse($"namespace Demo {{ {text} }}", "Library.cs")],
            GeneratorHarness.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        ImmutableArray<Diagnostic> diagnostics = library.Emit(image).Diagnostics;
        Assert.That(diagnostics, Is.Empty);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static SyntaxTree TreeOf(Compilation compilation, string file) =>
        compilation.SyntaxTrees.Single(tree => tree.FilePath == file);

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(
        text, new CSharpParseOptions(GeneratorHarness.CSharp14, DocumentationMode.Parse), path);

    private sealed class IncomparableResolver : MetadataReferenceResolver
    {
        public override bool Equals(object? other) => throw new NotImplementedException();

        public override int GetHashCode() => throw new NotImplementedException();

        public override ImmutableArray<PortableExecutableReference> ResolveReference(
            string reference, string? baseFilePath, MetadataReferenceProperties properties) => [];
    }
}
