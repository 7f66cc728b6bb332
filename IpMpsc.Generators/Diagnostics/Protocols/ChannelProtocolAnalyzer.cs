using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace IpMpsc.Generators.Diagnostics.Protocols;

/// <summary>Reports what keeps a protocol from being generated.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChannelProtocolAnalyzer() : RuleAnalyzer(ProtocolRule.All.Select(rule => rule.Descriptor))
{
    private protected override void Register(AnalysisContext context)
    {
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Class || type.FindAttribute(KnownNames.ChannelProtocol) is null)
        {
            return;
        }

        var protocol = new ProtocolDeclaration(type, context.Compilation);
        foreach (Diagnostic mistake in ProtocolRule.All.SelectMany(rule => rule.Check(protocol)))
        {
            context.ReportDiagnostic(mistake);
        }
    }
}
