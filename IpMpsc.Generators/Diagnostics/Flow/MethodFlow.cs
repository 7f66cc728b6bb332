using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>What the rules about flow ask about a method body, computed once for all of them.</summary>
internal sealed class MethodFlow
{
    private readonly Lazy<OpenHandles> _open;
    private readonly Lazy<ImmutableArray<StaleUse>> _staleUses;

    public MethodFlow(ControlFlowGraph graph, SemanticModel model)
    {
        Graph = graph;
        Model = model;
        Handles = new Handles(graph);
        _open = new(() => OpenHandles.Of(graph, Handles));
        _staleUses = new(() => new Loans(graph, Handles).FindStaleUses());
    }

    public ControlFlowGraph Graph { get; }

    public Handles Handles { get; }

    /// <summary>What the graph was made from; its own operations do not know it.</summary>
    public SemanticModel Model { get; }

    /// <summary>The claims and messages that are open along the paths of the method.</summary>
    public OpenHandles Open => _open.Value;

    /// <summary>Uses of claims, messages and what was taken from them after they ended.</summary>
    public ImmutableArray<StaleUse> StaleUses => _staleUses.Value;

    public IEnumerable<IOperation> Operations => Graph.Blocks.SelectMany(block => block.DescendantsAndSelf());

    /// <summary>Whether a variable gets a value elsewhere than in its declaration.</summary>
    public bool IsAssignedAgain(ILocalSymbol variable) => Operations.Any(operation =>
        operation is ILocalReferenceOperation reference
        && SymbolEqualityComparer.Default.Equals(reference.Local, variable)
        && reference.Parent is ISimpleAssignmentOperation { Syntax: not VariableDeclaratorSyntax } or IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref }
        && Handles.UseOf(reference) == HandleUse.Replace);

    /// <summary>The body itself, then the lambdas and local functions in it.</summary>
    public static IEnumerable<MethodFlow> AllOf(ControlFlowGraph graph, SemanticModel model)
    {
        var flow = new MethodFlow(graph, model);
        IEnumerable<ControlFlowGraph> lambdas = flow.Operations
            .OfType<IFlowAnonymousFunctionOperation>()
            .Select(lambda => graph.GetAnonymousFunctionControlFlowGraph(lambda));
        IEnumerable<ControlFlowGraph> functions = graph.LocalFunctions
            .Select(function => graph.GetLocalFunctionControlFlowGraph(function));
        return lambdas.Concat(functions).SelectMany(inner => AllOf(inner, model)).Prepend(flow);
    }
}
