using System.Collections.Immutable;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>Runs the generators over source text, as a consumer's compiler would.</summary>
internal static class GeneratorHarness
{
    // The references of a program that uses only the framework and the library.
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name == "IpMpsc.Runtime.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>To the compiler that the tests use, C# 14 is still the preview version.</summary>
    public const LanguageVersion CSharp14 = LanguageVersion.Preview;

    public const string ConsumerFile = "Consumer.cs";

    public static CSharpCompilation Compile(
        string source,
        LanguageVersion language = CSharp14,
        NullableContextOptions nullable = NullableContextOptions.Enable)
    {
        // That preview cannot document extension blocks, whose documentation is the same as that of earlier versions.
        DocumentationMode documentation = language == CSharp14 ? DocumentationMode.Parse : DocumentationMode.Diagnose;
        var parse = new CSharpParseOptions(language, documentation);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: nullable,
            warningLevel: 9999,
            allowUnsafe: false);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, parse, ConsumerFile);
        return CSharpCompilation.Create("Consumer", [tree], References, options);
    }

    public static GeneratorDriver CreateDriver(Compilation compilation) => CSharpGeneratorDriver.Create(
        [new ChannelMessageGenerator().AsSourceGenerator(), new ChannelProtocolGenerator().AsSourceGenerator()],
        parseOptions: (CSharpParseOptions)compilation.SyntaxTrees.First().Options,
        driverOptions: new GeneratorDriverOptions(default, trackIncrementalGeneratorSteps: true));

    public static GeneratorOutcome Run(Compilation compilation)
    {
        GeneratorDriver driver = CreateDriver(compilation).RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        return new GeneratorOutcome(Unsilence(output), driver.GetRunResult(), diagnostics);
    }

    /// <summary>Enables the compiler's warnings about generated code. Only those that a consumer causes stay disabled.</summary>
    // 0612, 0618: a field or a message may be obsolete. 0436: a referenced assembly may have a type of the same name.
    // 1591: the documentation is where the consumer declares the member. 3001..3003: a member may not comply with the CLS
    // in an assembly that claims to. 9113: few views need the version.
    private static Compilation Unsilence(Compilation output) => output.SyntaxTrees
        .Where(tree => tree.ToString().Contains(GeneratedFile.Silence, StringComparison.Ordinal))
        .Aggregate(output, (compilation, tree) => compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
            tree.ToString().Replace(
                GeneratedFile.Silence, "#pragma warning disable 0436, 0612, 0618, 1591, 3001, 3002, 3003, 9113\n", StringComparison.Ordinal),
            (CSharpParseOptions)tree.Options,
            tree.FilePath)));
}
