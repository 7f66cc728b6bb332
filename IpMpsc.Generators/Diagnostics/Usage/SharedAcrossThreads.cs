using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>Several threads use a sender or receiver that is made for one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedAcrossThreads() : RuleAnalyzer(s_descriptor)
{
    internal const string Id = "IPM0036";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A sender or receiver for one thread is used by several",
        messageFormat: "'{0}' may be used by two threads at the same time, but {1}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    private protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationBlockAction(Analyze);
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        foreach (IOperation body in context.OperationBlocks)
        {
            List<ConcurrentWork> works = body.Descendants().Select(ConcurrentWork.From).OfType<ConcurrentWork>().ToList();
            for (int i = 0; i < works.Count; i++)
            {
                foreach (IOperation use in FirstUses(works[i].Body, works[i].Shares))
                {
                    ISymbol shared = VariableOf(use)!;
                    if (works[i].RunsOftenAround(shared) || works.Take(i).Any(earlier => SharesWith(earlier, works[i], shared)))
                    {
                        Report(context, use);
                    }
                    else if (UsesBeside(works[i], body, shared).FirstOrDefault() is { } beside)
                    {
                        Report(context, beside);
                    }
                }
            }
        }
    }

    private static void Report(OperationBlockAnalysisContext context, IOperation use) =>
        context.ReportDiagnostic(
            Diagnostic.Create(s_descriptor, use.Syntax.GetLocation(), VariableOf(use)!.Name, Advice(use.Type!)));

    private static bool SharesWith(ConcurrentWork earlier, ConcurrentWork later, ISymbol shared) =>
        earlier.CanRunBeside(later) && FirstUses(earlier.Body, earlier.Shares).Any(use => IsOf(use, shared));

    /// <summary>What the method itself does with a variable while the work may be running.</summary>
    private static IEnumerable<IOperation> UsesBeside(ConcurrentWork work, IOperation body, ISymbol shared) =>
        body.Descendants().Where(operation =>
            ChannelTypes.IsForOneThread(operation.Type)
            && IsOf(operation, shared)
            && IsUsedByThread(operation)
            && work.CanRunBeside(operation));

    /// <summary>The first use of each variable that only one thread may use.</summary>
    private static IEnumerable<IOperation> FirstUses(IOperation body, System.Func<ISymbol, bool> isShared) =>
        body.Descendants()
            .Where(operation => ChannelTypes.IsForOneThread(operation.Type)
                && VariableOf(operation) is { } variable
                && isShared(variable)
                && IsUsedByThread(operation))
            .GroupBy(VariableOf, SymbolEqualityComparer.Default)
            .Select(uses => uses.First());

    private static bool IsOf(IOperation use, ISymbol variable) =>
        SymbolEqualityComparer.Default.Equals(VariableOf(use), variable);

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } member => member.Member,
        _ => null,
    };

    // Any thread may call Dispose, and properties do not touch the state of the ring.
    private static bool IsUsedByThread(IOperation reference) => reference.Parent switch
    {
        IInvocationOperation call => call.TargetMethod.Name != "Dispose",
        IArgumentOperation => true,
        _ => false,
    };

    private static string Advice(ITypeSymbol type) => ChannelTypes.IsExclusiveSender(type)
        ? $"an exclusive sender is for one thread; use a {type.Name.Replace("Exclusive", "")}, or open one for each thread"
        : "a receiver is for one thread; let one thread receive and pass on copies";
}
