using System.Collections.Concurrent;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Messages;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>Compares messages with the baseline that their project keeps, if it keeps one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaselineAnalyzer() : RuleAnalyzer(
    [.. BaselineRule.All.Select(rule => rule.Descriptor), OutdatedBaseline.Descriptor, MalformedBaseline.Descriptor, RemovedMessage.Descriptor])
{
    private protected override void Register(AnalysisContext context) => context.RegisterCompilationStartAction(start =>
    {
        // A build that writes the baseline does not compare with it.
        if (SchemaBaselineGenerator.IsAsked(start.Options.AnalyzerConfigOptionsProvider)
            || SchemaBaseline.Of(start.Options.AdditionalFiles) is not { } baseline)
        {
            return;
        }

        var messages = new ConcurrentBag<(string Name, string? Text)>();
        start.RegisterSymbolAction(symbol => Analyze(symbol, baseline, messages), SymbolKind.NamedType);
        start.RegisterCompilationEndAction(end =>
        {
            baseline.Malformed.ForEach(line => end.ReportDiagnostic(MalformedBaseline.At(line)));
            foreach (Diagnostic removed in RemovedMessage.Check(baseline, [.. messages]))
            {
                end.ReportDiagnostic(removed);
            }
        });
    });

    private static void Analyze(
        SymbolAnalysisContext context, SchemaBaseline baseline, ConcurrentBag<(string Name, string? Text)> messages)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind != TypeKind.Struct || !type.IsChannelMessage())
        {
            return;
        }

        var message = new MessageDeclaration(type, context.Compilation);
        BaselineMessage? now = Parse(message);
        messages.Add((message.Identity.Name, now?.Text));
        if (now is null)
        {
            return;
        }

        BaselineMessage? before = baseline.Find(now.Name);
        if (before?.Text == now.Text)
        {
            return;
        }

        if (before is null)
        {
            var added = new SchemaChange(message, baseline.Path, now, now);
            context.ReportDiagnostic(OutdatedBaseline.Missing(added));
            return;
        }

        var change = new SchemaChange(message, baseline.Path, before, now);
        Diagnostic[] mistakes = BaselineRule.All.SelectMany(rule => rule.Check(change)).ToArray();
        foreach (Diagnostic report in mistakes.Length > 0 ? mistakes : [OutdatedBaseline.Different(change)])
        {
            context.ReportDiagnostic(report);
        }
    }

    /// <summary>A message as its source describes it; null if it cannot be generated.</summary>
    internal static BaselineMessage? Parse(MessageDeclaration message)
    {
        if (!MessageRule.AllowGeneration(message) || message.Layout is not { } layout)
        {
            return null;
        }

        MessageIdentity identity = message.Identity;
        string[] lines = SchemaText.Lines(identity.Name, identity.Id, identity.Version, layout).ToArray();
        var parsed = BaselineMessage.Begin(lines[0])!;
        foreach (string line in lines.Skip(1))
        {
            parsed.Add(line);
        }

        return parsed;
    }
}
