using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// Applies a code fix as an editor does: one diagnostic after another, then again with Fix All in the document,
/// the project and the solution. Each must give the same text.
/// </summary>
internal sealed class CodeFixTest<TFix> : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, TFix, DefaultVerifier>
    where TFix : CodeFixProvider, new()
{
    public CodeFixTest()
    {
        // The assemblies that this process runs with, so nothing is downloaded.
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(GeneratorHarness.References);
        MarkupOptions = MarkupOptions.UseFirstDescriptor;
        CodeFixTestBehaviors = CodeFixTestBehaviors.SkipLocalDiagnosticCheck; // IPM0001 also stands at the types around a message.
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipSuppressionCheck;
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => AnalyzerHarness.Analyzers;

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(ChannelMessageGenerator), typeof(ChannelProtocolGenerator)];

    // The compiler that these tests use cannot document extension blocks.
    protected override bool IsCompilerDiagnosticIncluded(Diagnostic diagnostic, CompilerDiagnostics compilerDiagnostics) =>
        diagnostic.Id != "CS1569" && base.IsCompilerDiagnosticIncluded(diagnostic, compilerDiagnostics);

    protected override ParseOptions CreateParseOptions() =>
        new CSharpParseOptions(GeneratorHarness.CSharp14, DocumentationMode.Parse);

    protected override CompilationOptions CreateCompilationOptions() =>
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
}
