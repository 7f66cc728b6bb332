using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace IpMpsc.Generators.Diagnostics;

/// <summary>What every analyzer of this library does: it runs on several threads and skips generated code.</summary>
public abstract class RuleAnalyzer : DiagnosticAnalyzer
{
    private protected RuleAnalyzer(params IEnumerable<DiagnosticDescriptor> rules) =>
        SupportedDiagnostics = ImmutableArray.CreateRange(rules);

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        Register(context);
    }

    /// <summary>Registers the actions that look for mistakes.</summary>
    private protected abstract void Register(AnalysisContext context);
}
