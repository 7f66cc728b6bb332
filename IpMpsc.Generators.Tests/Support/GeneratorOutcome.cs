using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>The outcome of one run of the generator.</summary>
/// <param name="Output">The consumer's compilation with the generated files in it.</param>
/// <param name="Result">The generated files and the steps that made them.</param>
/// <param name="Diagnostics">What the generator itself reported.</param>
internal sealed record GeneratorOutcome(
    Compilation Output, GeneratorDriverRunResult Result, ImmutableArray<Diagnostic> Diagnostics)
{
    public IEnumerable<GeneratedSourceResult> Files => Result.Results.SelectMany(result => result.GeneratedSources);

    /// <summary>All errors, and the warnings in generated files. Warnings in the consumer's own files are left out.</summary>
    public IEnumerable<string> Complaints =>
        from diagnostic in Diagnostics.Concat(Output.GetDiagnostics())
        where diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity == DiagnosticSeverity.Warning
                && diagnostic.Location.SourceTree?.FilePath != GeneratorHarness.ConsumerFile)
        select diagnostic.ToString();
}
