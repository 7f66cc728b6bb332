using IpMpsc.Generators.Diagnostics.Baseline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace IpMpsc.Generators.Tests;

/// <summary>The baseline that the target WriteIpMpscBaseline gets from the compiler.</summary>
public sealed class BaselineGeneratorTests
{
    private const string Source = """
        using IpMpsc;
        namespace Demo { [ChannelMessage(Id = 2)] public partial struct B { public int X; } }
        static partial class Outer { [ChannelMessage(Id = 1)] internal partial struct A { public long Y; } }
        """;

    private const string A = "message Outer.A id 1 version 1 size 8\n  Y i64 @0\n";
    private const string B = "message Demo.B id 2 version 1 size 4\n  X i32 @0\n";
    private const string Gone = "message Gone id 9 version 1 size 4\n  X i32 @0\n";

    [TestCase(null, ExpectedResult = B + "\n" + A)]
    [TestCase("", ExpectedResult = B + "\n" + A)]
    [TestCase("# Notes\n\n" + A, ExpectedResult = "# Notes\n\n" + A + "\n" + B)]
    [TestCase("# Notes\n\n" + Gone + "\n# About B\nmessage Demo.B id 2 version 1 size 8\n  X i64 @0\n", ExpectedResult = "# Notes\n\n# About B\n" + B + "\n" + A)]
    public string WholeBaselineIsWritten(string? before) => Written(before, isAsked: true)!;

    [Test]
    public void OtherBuildsGetNothing() => Assert.That(Written(A, isAsked: false), Is.Null);

    private static string? Written(string? before, bool isAsked)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Source);
        GeneratorDriverRunResult result = CSharpGeneratorDriver.Create(
            [new SchemaBaselineGenerator().AsSourceGenerator()],
            additionalTexts: before is null ? [] : [new BaselineFile(before)],
            parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
            optionsProvider: new Options(isAsked)).RunGenerators(compilation).GetRunResult();
        return result.GeneratedTrees.SingleOrDefault()?.ToString().Replace(SchemaBaselineGenerator.LineMark, "", StringComparison.Ordinal);
    }

    private sealed class Options(bool isAsked) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(isAsked);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Properties(bool isAsked) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = isAsked && key == "build_property.IpMpscWriteBaseline" ? "true" : null;
            return value is not null;
        }
    }
}
