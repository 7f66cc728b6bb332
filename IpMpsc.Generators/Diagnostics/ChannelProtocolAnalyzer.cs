using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace IpMpsc.Generators;

/// <summary>Reports what keeps a protocol from being generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChannelProtocolAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ProtocolRules.All.Select(rule => rule.Descriptor).ToImmutableArray();

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
        if (type.TypeKind != TypeKind.Class || type.FindAttribute(KnownNames.ChannelProtocol) is null)
        {
            return;
        }

        foreach (Diagnostic mistake in ProtocolRules.All.SelectMany(rule => rule.Check(type)))
        {
            context.ReportDiagnostic(mistake);
        }
    }
}
