using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>Reports what keeps a message from being generated and, if nothing does, what could be better.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChannelMessageAnalyzer() : RuleAnalyzer(MessageRule.All.Concat(MessageRule.Advice).Select(rule => rule.Descriptor))
{
    private protected override void Register(AnalysisContext context)
    {
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Struct || !type.IsChannelMessage())
        {
            return;
        }

        var message = new MessageDeclaration(type, context.Compilation);
        if (!Report(MessageRule.All))
        {
            Report(MessageRule.Advice);
        }

        bool Report(ImmutableArray<IDeclarationRule<MessageDeclaration>> rules)
        {
            bool found = false;
            foreach (Diagnostic mistake in rules.SelectMany(rule => rule.Check(message)))
            {
                context.ReportDiagnostic(mistake);
                found = true;
            }

            return found;
        }
    }
}
