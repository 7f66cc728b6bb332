using System.Collections.Immutable;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>Runs the generators over source text, as a consumer's compiler would.</summary>
internal static class GeneratorHarness
{
    // What a program sees that references nothing but the framework and the library.
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name == "IpMpsc.Runtime.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The compiler that the tests run in knows C# 14 as the preview that it was then.</summary>
    public const LanguageVersion CSharp14 = LanguageVersion.Preview;

    public const string ConsumerFile = "Consumer.cs";

    public static CSharpCompilation Compile(
        string source,
        LanguageVersion language = CSharp14,
        NullableContextOptions nullable = NullableContextOptions.Enable)
    {
        // That preview fails to document extension blocks; what their documentation says is the same as before them.
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

    /// <summary>Lets the compiler complain about generated code. Only what a consumer causes is still silenced.</summary>
    // 0612, 0618: a field or a message may be obsolete. 0436: a referenced assembly may have a type of the same name.
    // 1591: what has no documentation is documented where it was declared. 3001..3003: it may be no part of the CLS
    // in an assembly that claims to comply with it. 9113: few views need the version.
    private static Compilation Unsilence(Compilation output) => output.SyntaxTrees
        .Where(tree => tree.ToString().Contains(GeneratedFile.Silence, StringComparison.Ordinal))
        .Aggregate(output, (compilation, tree) => compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
            tree.ToString().Replace(
                GeneratedFile.Silence, "#pragma warning disable 0436, 0612, 0618, 1591, 3001, 3002, 3003, 9113\n", StringComparison.Ordinal),
            (CSharpParseOptions)tree.Options,
            tree.FilePath)));
}
