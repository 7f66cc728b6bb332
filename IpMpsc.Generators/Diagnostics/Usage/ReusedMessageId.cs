using System.Collections.Concurrent;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>Two messages state the same id, so a receiver could take one for the other.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReusedMessageId() : RuleAnalyzer(s_descriptor)
{
    internal const string Id = "IPM0022";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "Two messages have the same id",
        messageFormat: "'{0}' has the id {1} of '{2}'; give it an id of its own, or remove the id to derive one from the name",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    private protected override void Register(AnalysisContext context)
    {
        context.RegisterCompilationStartAction(start =>
        {
            var messages = new ConcurrentBag<(int Id, INamedTypeSymbol Type)>();
            start.RegisterSymbolAction(
                symbol =>
                {
                    if (MessageIdentity.StatedId((INamedTypeSymbol)symbol.Symbol) is { } id)
                    {
                        messages.Add((id, (INamedTypeSymbol)symbol.Symbol));
                    }
                },
                SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end => Report(end, messages));
        });
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<(int Id, INamedTypeSymbol Type)> messages)
    {
        foreach (var group in messages.GroupBy(message => message.Id, message => message.Type))
        {
            // Ordered by name, so that every build reports the same of several.
            INamedTypeSymbol[] types = group.OrderBy(type => type.FullName(), System.StringComparer.Ordinal).ToArray();
            foreach (INamedTypeSymbol type in types.Skip(1))
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(s_descriptor, type.NamePosition(), type.Name, group.Key, types[0].FullName()));
            }
        }
    }
}
