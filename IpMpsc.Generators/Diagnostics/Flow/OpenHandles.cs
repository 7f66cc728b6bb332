using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>
/// Finds the claims and messages that are handed out and, on some path, not ended: each fact is one
/// that is open. What is handed on is not followed. An exception counts if it is thrown or caught
/// here; one that only passes through would make every claim without <c>using</c> a mistake.
/// </summary>
internal sealed class OpenHandles(ControlFlowGraph graph, Handles handles) : ForwardAnalysis<Handout>(graph)
{
    private readonly ControlFlowGraph _graph = graph;
    private readonly HashSet<ILocalSymbol> _conditional = new(SymbolEqualityComparer.Default);
    private readonly HashSet<Handout> _leaked = [];

    public ImmutableArray<Handout> FindLeaks()
    {
        // A variable that also has a value of another kind, such as default, is open under a
        // condition of its author's that is not understood here.
        foreach (IOperation operation in _graph.Blocks.SelectMany(block => block.DescendantsAndSelf()))
        {
            if (operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
                && Handout.StoredBy(assignment) is null)
            {
                _conditional.Add(target.Local);
            }
        }

        Run();
        return [.. _leaked.OrderBy(leak => leak.Call.Syntax.SpanStart)];
    }

    protected override bool Transfer(IOperation operation, HashSet<Handout> facts)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation assignment when Handout.StoredBy(assignment) is { } stored:
                Replace(stored.Variable, facts);
                Open(stored, facts);
                break;
            case IInvocationOperation call:
                if (Handout.DroppedBy(call) is { } dropped)
                {
                    _leaked.Add(dropped);
                }

                Replace(Handout.TriedBy(call)?.Variable, facts);
                return !NeverReturns(call.TargetMethod);
            default:
                if (handles.VariableOf(operation) is ILocalSymbol variable
                    && handles.UseOf(operation) is HandleUse.End or HandleUse.Escape)
                {
                    facts.RemoveWhere(open => SymbolEqualityComparer.Default.Equals(open.Variable, variable));
                }

                break;
        }

        return true;
    }

    protected override void TransferBranch(BasicBlock block, ControlFlowBranch branch, HashSet<Handout> facts)
    {
        // The jump is taken when the condition is as the block says, the other way when it is not.
        bool isTrue = branch.IsConditionalSuccessor == (block.ConditionKind == ControlFlowConditionKind.WhenTrue);
        if (isTrue
            && block.ConditionKind != ControlFlowConditionKind.None
            && block.BranchValue is IInvocationOperation call
            && Handout.TriedBy(call) is { } tried)
        {
            Open(tried, facts);
        }
    }

    protected override void Leave(HashSet<Handout> facts) => _leaked.UnionWith(facts);

    private void Open(Handout handout, HashSet<Handout> facts)
    {
        if (!_conditional.Contains(handout.Variable!))
        {
            facts.Add(handout);
        }
    }

    private void Replace(ILocalSymbol? variable, HashSet<Handout> facts)
    {
        List<Handout> lost = facts
            .Where(open => variable is not null && SymbolEqualityComparer.Default.Equals(open.Variable, variable))
            .ToList();
        _leaked.UnionWith(lost);
        facts.ExceptWith(lost);
    }

    private static bool NeverReturns(IMethodSymbol method) =>
        method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute");
}
