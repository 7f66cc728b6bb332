using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Usage;

/// <summary>What is for one thread is used by lambdas that run on several.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedAcrossThreads : DiagnosticAnalyzer
{
    internal const string Id = "IPM0036";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "What is for one thread is used by several",
        messageFormat: "'{0}' is used by lambdas that run at the same time, but {1}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(s_descriptor);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(Analyze);
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        foreach (IOperation body in context.OperationBlocks)
        {
            List<ConcurrentLambda> lambdas = body.Descendants()
                .OfType<IAnonymousFunctionOperation>()
                .Select(ConcurrentLambda.From)
                .OfType<ConcurrentLambda>()
                .ToList();
            for (int i = 0; i < lambdas.Count; i++)
            {
                foreach (IOperation use in UsesForOneThread(lambdas[i].Function))
                {
                    ISymbol shared = VariableOf(use)!;
                    if (lambdas[i].RunsOftenAround(shared) || lambdas.Take(i).Any(earlier => SharesWith(earlier, lambdas[i], shared)))
                    {
                        context.ReportDiagnostic(
                            Diagnostic.Create(s_descriptor, use.Syntax.GetLocation(), shared.Name, Advice(use.Type!)));
                    }
                }
            }
        }
    }

    private static bool SharesWith(ConcurrentLambda earlier, ConcurrentLambda later, ISymbol shared) =>
        earlier.CanRunBeside(later)
        && UsesForOneThread(earlier.Function)
            .Any(use => SymbolEqualityComparer.Default.Equals(VariableOf(use), shared));

    /// <summary>The first use of each variable from outside the lambda that only one thread may use.</summary>
    private static IEnumerable<IOperation> UsesForOneThread(IAnonymousFunctionOperation lambda) =>
        lambda.Body.Descendants()
            .Where(operation => ChannelTypes.IsForOneThread(operation.Type)
                && VariableOf(operation) is { } variable
                && IsDeclaredOutside(variable, lambda)
                && IsUsedByThread(operation))
            .GroupBy(VariableOf, SymbolEqualityComparer.Default)
            .Select(uses => uses.First());

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } member => member.Member,
        _ => null,
    };

    private static bool IsDeclaredOutside(ISymbol variable, IAnonymousFunctionOperation lambda) =>
        variable is IFieldSymbol or IPropertySymbol
        || variable.DeclaringSyntaxReferences.All(reference => !lambda.Syntax.Span.Contains(reference.Span));

    // Dispose may be called from any thread, and properties do not touch the ring's state.
    private static bool IsUsedByThread(IOperation reference) => reference.Parent switch
    {
        IInvocationOperation call => call.TargetMethod.Name != "Dispose",
        IArgumentOperation => true,
        _ => false,
    };

    private static string Advice(ITypeSymbol type) => type.Name == "ExclusiveSender"
        ? "an exclusive sender is for one thread; use a Sender, or open one for each thread"
        : "a receiver is for one thread; let one thread receive and hand on copies";
}
