using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Flow;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Follows claims and messages through the methods that use them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LifetimeAnalyzer() : RuleAnalyzer(LifetimeRule.All.Select(rule => rule.Descriptor))
{
    private protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationBlockStartAction(start =>
        {
            // Few methods of a program use a channel; the others must cost nothing.
            bool isConcerned = false;
            start.RegisterOperationAction(
                operation => isConcerned |= Concerns(operation.Operation),
                OperationKind.Invocation,
                OperationKind.PropertyReference);
            start.RegisterOperationBlockEndAction(end =>
            {
                if (isConcerned)
                {
                    Analyze(end);
                }
            });
        });
    }

    private static bool Concerns(IOperation operation) => operation switch
    {
        IInvocationOperation call => ChannelTypes.HandsOut(call.TargetMethod)
            || ChannelTypes.Receives(call.TargetMethod)
            || IsHandle(call.Instance),
        IPropertyReferenceOperation property => IsHandle(property.Instance),
        _ => false,
    };

    private static bool IsHandle(IOperation? operation) =>
        ChannelTypes.HandleKindOf(operation?.Type) != HandleKind.None;

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        // Top-level statements are a method body; every other method has a block.
        foreach (IOperation body in context.OperationBlocks
            .Where(block => block.Kind is OperationKind.Block or OperationKind.MethodBody))
        {
            foreach (MethodFlow flow in MethodFlow.AllOf(context.GetControlFlowGraph(body), body.SemanticModel!))
            {
                foreach (Diagnostic mistake in LifetimeRule.All.SelectMany(rule => rule.Check(flow)))
                {
                    context.ReportDiagnostic(mistake);
                }
            }
        }
    }
}
