using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace IpMpsc.Generators;

/// <summary>Reports what keeps a message from being generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChannelMessageAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        MessageRule.All.Select(rule => rule.Descriptor).ToImmutableArray();

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Struct || !type.IsChannelMessage())
        {
            return;
        }

        foreach (MessageRule rule in MessageRule.All)
        {
            foreach (Diagnostic mistake in rule.Check(type))
            {
                context.ReportDiagnostic(mistake);
            }
        }
    }
}
