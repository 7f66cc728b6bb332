using System.Collections.Immutable;
using IpMpsc.Generators.Diagnostics.Messages;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>Runs all analyzers over a consumer's source, together with the generator.</summary>
internal static class AnalyzerHarness
{
    /// <summary>One of each analyzer that the library ships.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. from type in typeof(ChannelMessageAnalyzer).Assembly.GetTypes()
           where type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract
           select (DiagnosticAnalyzer)Activator.CreateInstance(type)!,
    ];

    /// <summary>What the analyzers report about a source, in the order of the source.</summary>
    public static ImmutableArray<Diagnostic> Analyze(string source, params AdditionalText[] additionalFiles) =>
        Analyze(GeneratorHarness.Run(GeneratorHarness.Compile(source)).Output, additionalFiles);

    public static ImmutableArray<Diagnostic> Analyze(Compilation compilation, params AdditionalText[] additionalFiles)
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([.. additionalFiles]),
            onAnalyzerException: (exception, _, _) => throw new InvalidOperationException("An analyzer failed.", exception),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        return
        [
            .. compilation.WithAnalyzers(Analyzers, options)
                .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Asserts that exactly the marked diagnostics are reported in the source, where they are marked.</summary>
    /// <returns>These diagnostics, without those in other files.</returns>
    public static ImmutableArray<Diagnostic> Verify(string markup, params AdditionalText[] additionalFiles)
    {
        Markup test = Markup.Parse(markup);
        Compilation compilation = GeneratorHarness.Run(GeneratorHarness.Compile(test.Source)).Output;
        ImmutableArray<Diagnostic> found = [.. Analyze(compilation, additionalFiles).Where(diagnostic => diagnostic.Location.IsInSource)];

        Assert.That(
            found.Select(diagnostic => Describe(test.Source, diagnostic.Id, diagnostic.Location.SourceSpan)),
            Is.EqualTo(test.Expected.Select(expected => Describe(test.Source, expected.Id, expected.Span))));

        // A source that does not compile proves nothing, unless a rule explains why.
        if (!found.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            Assert.That(
                compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
                Is.Empty);
        }

        return found;
    }

    private static string Describe(string source, string id, Microsoft.CodeAnalysis.Text.TextSpan span) =>
        $"{id} at {span}: {source.Substring(span.Start, span.Length)}";
}
