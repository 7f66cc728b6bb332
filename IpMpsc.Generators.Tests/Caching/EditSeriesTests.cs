using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// However somebody edits a project, the generators that saw each edit write what generators write that see the project for the first time.
/// </summary>
public sealed class EditSeriesTests
{
    private const int Edits = 60;

    private const string Order = """
        using IpMpsc; using Short = IpMpsc.ChannelMessageAttribute;
        namespace Demo.Messages;
        [ChannelMessage(Version = 5)] public partial struct Order
        {
            public Header Header;
            public Side Side;
            public Money Price;
            public Kind Kind;
            [Since(Versions.Second)] public int Count;
            private int Twice() { return new Helper().Twice(Count); }
        }
        """;

    /// <summary>What each file may say. A file without a text is not in the project.</summary>
    private static readonly (string File, string?[] Texts)[] s_files =
    [
        ("Order.cs", [Order, Order.Replace("int Count", "long Count"), Order.Replace("[ChannelMessage(", "[Short("), Order.Replace("[ChannelMessage(Version = 5)]", ""), Order + "\n[ChannelMessage] public partial struct Second { public Side Side; }"]),
        ("Header.cs", [
            "namespace Demo; [IpMpsc.ChannelMessage] public partial struct Header { public long Number; public Origin Origin; }",
            "namespace Demo; [IpMpsc.ChannelMessage] public partial struct Header { public int Number; public string Name; }",
            null,
        ]),
        ("Origin.cs", ["namespace Demo; public enum Origin : short { Here, There }", "namespace Demo; public enum Origin : long { Here, Elsewhere }"]),
        ("Side.cs", ["namespace Demo { public enum Side : byte { Buy, Sell } }", "namespace Demo { public enum Side : byte { Buy, Sell = 9 } }"]),
        ("Money.cs", ["namespace Finance; public enum Money : long { }", "namespace Finance; public enum Money : int { One = 1 }"]),
        ("Versions.cs", ["namespace Demo; class Versions : MoreVersions { }", "namespace Demo; class Versions { public const int Second = 4; }"]),
        ("MoreVersions.cs", ["namespace Demo; class MoreVersions { public const int Second = 2; }", "namespace Demo; class MoreVersions { public const int Second = 3; }"]),
        ("Usings.cs", ["global using Finance;", "global using Money = Demo.Origin;", "global using Finance; global using Tagged = IpMpsc.ChannelMessageAttribute;", "[assembly: System.CLSCompliant(false)]"]),
        ("Tagged.cs", [null, "namespace Demo; [Tagged] public partial struct Aliased { public long First; }", "namespace Demo; [System.Serializable] public partial struct Aliased { }"]),
        ("Helper.cs", [
            "namespace Demo.Messages; class Helper { public int Twice(int count) => 2 * count; }",
            "namespace Demo.Messages; class Helper { public int Twice(int count) => count + count; }",
            "namespace Demo.Messages; enum Side : long { } class Helper { public int Twice(int count) => 2 * count; }",
            "namespace Demo.Messages; partial struct Order { public long Extra; } class Helper { public int Twice(int count) => 2 * count; }",
            "namespace Demo.Messages; class ChannelMessageAttribute : System.Attribute { } class Helper { public int Twice(int count) => 2 * count; }",
            "namespace Demo.Messages.IpMpsc { } namespace Demo.Messages { class Helper { public int Twice(int count) => 2 * count; } }",
        ]),
        ("Unrelated.cs", ["class Unrelated { int Answer() => 42; }", "class Unrelated { int Answer() => 43; }", "class Unrelated { class Deeper { } }", null]),
        ("Protocol.cs", [
            "namespace Demo.Messages; [IpMpsc.ChannelProtocol(typeof(Order))] public static partial class Market;",
            "namespace Demo.Messages; [IpMpsc.ChannelProtocol(typeof(Order), typeof(Header))] public static partial class Market;",
        ]),
    ];

    private static readonly string[] s_libraries = ["public enum Kind : byte { Small }", "public enum Kind : byte { Small, Large }"];

    [Test]
    public void EachEditGivesWhatARunFromScratchGives([Random(0, int.MaxValue, 6)] int seed)
    {
        var random = new Random(seed);
        Compilation project = GeneratorHarness.Compile("").RemoveAllSyntaxTrees().AddReferences(Library(0));
        foreach ((string file, string?[] texts) in s_files)
        {
            project = Write(project, file, texts[0]);
        }

        GeneratorDriver driver = CreateDriver(project);
        for (int edit = 0; edit < Edits; edit++)
        {
            project = EditOnce(project, random);
            driver = driver.RunGenerators(project);
            Assert.That(Texts(driver), Is.EqualTo(FromScratch(project)), $"edit {edit} of seed {seed}");
        }
    }

    /// <summary>A compilation of a referenced project is as large as that project.</summary>
    [Test]
    public void OldStatesOfAReferencedProjectAreNotKept()
    {
        GeneratorDriver driver = RunWithTwoStates(out WeakReference old, out Compilation project);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(old.IsAlive, Is.False);
        GC.KeepAlive(driver);
        GC.KeepAlive(project);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static GeneratorDriver RunWithTwoStates(out WeakReference old, out Compilation project)
    {
        MetadataReference before = Library(0);
        old = new WeakReference(((CompilationReference)before).Compilation);
        project = GeneratorHarness.Compile("").RemoveAllSyntaxTrees().AddReferences(before);
        foreach ((string file, string?[] texts) in s_files)
        {
            project = Write(project, file, texts[0]);
        }

        GeneratorDriver driver = CreateDriver(project).RunGenerators(project);
        project = project.ReplaceReference(before, Library(0));
        return driver.RunGenerators(project);
    }

    /// <summary>
    /// As an editor has it, without a record of the steps. With one, Roslyn 4.14 loses the last message if a file that had messages has none any
    /// more and the next run changes nothing.
    /// </summary>
    private static GeneratorDriver CreateDriver(Compilation project) => CSharpGeneratorDriver.Create(
        [new ChannelMessageGenerator().AsSourceGenerator(), new ChannelProtocolGenerator().AsSourceGenerator()],
        parseOptions: (CSharpParseOptions)project.SyntaxTrees.First().Options);

    private static Compilation EditOnce(Compilation project, Random random)
    {
        if (random.Next(10) == 0)
        {
            MetadataReference library = project.References.OfType<CompilationReference>().Single();
            return project.ReplaceReference(library, Library(random.Next(s_libraries.Length)));
        }

        if (random.Next(20) == 0)
        {
            var options = (CSharpCompilationOptions)project.Options;
            return project.WithOptions(options.WithNullableContextOptions(random.Next(2) == 0 ? NullableContextOptions.Disable : NullableContextOptions.Enable));
        }

        // Now and then several files at once, as a rename does.
        for (int more = random.Next(4) == 0 ? 3 : 1; more > 0; more--)
        {
            (string file, string?[] texts) = s_files[random.Next(s_files.Length)];
            project = Write(project, file, texts[random.Next(texts.Length)]);
        }

        return project;
    }

    private static Compilation Write(Compilation project, string file, string? text)
    {
        SyntaxTree? old = project.SyntaxTrees.SingleOrDefault(tree => tree.FilePath == file);
        return (old, text) switch
        {
            (null, null) => project,
            (null, _) => project.AddSyntaxTrees(Parse(text, file)),
            (_, null) => project.RemoveSyntaxTrees(old),
            _ => project.ReplaceSyntaxTree(old, Parse(text, file)),
        };
    }

    /// <summary>What is generated for the same text if nothing of it was ever seen.</summary>
    private static string[] FromScratch(Compilation project)
    {
        Compilation copy = project.RemoveAllSyntaxTrees().AddSyntaxTrees(project.SyntaxTrees.Select(tree => Parse(tree.ToString(), tree.FilePath)));
        return Texts(CreateDriver(copy).RunGenerators(copy));
    }

    private static string[] Texts(GeneratorDriver driver)
    {
        GeneratorDriverRunResult result = driver.GetRunResult();
        Assert.That(result.Results.Select(generator => generator.Exception), Is.All.Null);
        return [.. result.GeneratedTrees.Select(tree => tree.FilePath + "\n" + tree)];
    }

    /// <summary>A project that is referenced as an editor does it, without an assembly.</summary>
    private static MetadataReference Library(int state) => CSharpCompilation.Create(
        "Library",
        [Parse($"namespace Demo {{ {s_libraries[state]} }}", "Library.cs")],
        GeneratorHarness.References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(
        text, new CSharpParseOptions(GeneratorHarness.CSharp14, DocumentationMode.Parse), path);
}
