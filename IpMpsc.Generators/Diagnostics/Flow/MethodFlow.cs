using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>What the rules about flow ask about a method body, found out once for all of them.</summary>
internal sealed class MethodFlow
{
    private readonly Lazy<ImmutableArray<Handout>> _leaks;
    private readonly Lazy<ImmutableArray<StaleUse>> _staleUses;

    public MethodFlow(ControlFlowGraph graph)
    {
        Graph = graph;
        Handles = new Handles(graph);
        _leaks = new(() => new OpenHandles(graph, Handles).FindLeaks());
        _staleUses = new(() => new Loans(graph, Handles).FindStaleUses());
    }

    public ControlFlowGraph Graph { get; }

    public Handles Handles { get; }

    /// <summary>Claims and messages that are not ended on some path.</summary>
    public ImmutableArray<Handout> Leaks => _leaks.Value;

    /// <summary>Uses of claims, messages and what was taken from them after they ended.</summary>
    public ImmutableArray<StaleUse> StaleUses => _staleUses.Value;

    public IEnumerable<IOperation> Operations => Graph.Blocks.SelectMany(block => block.DescendantsAndSelf());

    /// <summary>The body itself, then the lambdas and local functions in it.</summary>
    public static IEnumerable<MethodFlow> AllOf(ControlFlowGraph graph)
    {
        var flow = new MethodFlow(graph);
        IEnumerable<ControlFlowGraph> lambdas = flow.Operations
            .OfType<IFlowAnonymousFunctionOperation>()
            .Select(lambda => graph.GetAnonymousFunctionControlFlowGraph(lambda));
        IEnumerable<ControlFlowGraph> functions = graph.LocalFunctions
            .Select(function => graph.GetLocalFunctionControlFlowGraph(function));
        return lambdas.Concat(functions).SelectMany(AllOf).Prepend(flow);
    }
}
