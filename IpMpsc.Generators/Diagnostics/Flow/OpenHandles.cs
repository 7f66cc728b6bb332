using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>
/// Follows the claims and messages that a method is handed; each fact is one that is open. What is passed on is not
/// followed. An exception that passes through the method counts for claims only: a claim that stays open stops other
/// processes, a message that stays open only its own receiver.
/// </summary>
internal sealed class OpenHandles : ForwardAnalysis<Handout>
{
    private readonly ControlFlowGraph _graph;
    private readonly Handles _handles;
    private readonly HashSet<ILocalSymbol> _conditional = new(SymbolEqualityComparer.Default);
    private readonly HashSet<Handout> _leaked = [];
    private readonly HashSet<Loss> _lost = [];
    private readonly HashSet<Conflict> _conflicts = [];

    private OpenHandles(ControlFlowGraph graph, Handles handles)
        : base(graph)
    {
        _graph = graph;
        _handles = handles;
    }

    /// <summary>Claims and messages that are not ended on some path.</summary>
    public IEnumerable<Handout> Leaks => _leaked.OrderBy(leak => leak.Call.Syntax.SpanStart);

    /// <summary>Claims that are ended on every path, but not if a call throws; each with the first such call.</summary>
    public IEnumerable<Loss> Losses =>
        from loss in _lost
        where !_leaked.Contains(loss.Claim)
        group loss by loss.Claim into losses
        orderby losses.Key.Call.Syntax.SpanStart
        select losses.OrderBy(loss => loss.Thrower.Syntax.Span.End).First();

    /// <summary>Calls of a sender or receiver while what it handed out is open.</summary>
    public IEnumerable<Conflict> Conflicts =>
        from conflict in _conflicts
        where conflict.Earlier is not { } earlier || !_leaked.Contains(earlier)
        group conflict by conflict.Call into conflicts
        orderby conflicts.Key.Syntax.SpanStart
        select conflicts.First();

    public static OpenHandles Of(ControlFlowGraph graph, Handles handles)
    {
        var open = new OpenHandles(graph, handles);
        open.FindConditional();
        open.Run();
        return open;
    }

    private void FindConditional()
    {
        // If a variable is also assigned another value, such as default, a condition that this analysis does
        // not understand says whether there is something to end.
        foreach (IOperation operation in _graph.Blocks.SelectMany(block => block.DescendantsAndSelf()))
        {
            if (operation is IFlowAnonymousFunctionOperation or ILocalFunctionOperation or IDelegateCreationOperation)
            {
                // What a lambda captures belongs to the lambda.
                _conditional.UnionWith(Captured(operation));
            }

            if (operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment
                && Handout.StoredBy(assignment) is null)
            {
                _conditional.Add(target.Local);
            }
        }
    }

    private IEnumerable<ILocalSymbol> Captured(IOperation function) => _graph.OriginalOperation.SemanticModel is { } model
        ? function.Syntax.DescendantNodes().Select(node => model.GetSymbolInfo(node).Symbol).OfType<ILocalSymbol>()
        : [];

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

                _conflicts.UnionWith(facts.Select(open => Conflict.Between(open, call)).OfType<Conflict>());
                Replace(Handout.TriedBy(call)?.Variable, facts);
                return !NeverReturns(call.TargetMethod);
            default:
                if (_handles.VariableOf(operation) is ILocalSymbol variable
                    && _handles.UseOf(operation) is HandleUse.End or HandleUse.Escape)
                {
                    facts.RemoveWhere(open => SymbolEqualityComparer.Default.Equals(open.Variable, variable));
                }

                break;
        }

        return true;
    }

    protected override void TransferBranch(BasicBlock block, ControlFlowBranch branch, HashSet<Handout> facts)
    {
        // The conditional successor follows if the condition is as the block says, the other one if it is not.
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

    // Methods of spans, views and writers throw only if their arguments are wrong.
    protected override bool CanThrow(IOperation operation) =>
        operation is IObjectCreationOperation { Constructor: { } constructor } ? CanThrow(constructor)
        : operation is IInvocationOperation call && call.TargetMethod.ContainingType is { IsRefLikeType: false } type
        && !NeverReturns(call.TargetMethod)
        && !ChannelTypes.IsGeneratedAccess(call.TargetMethod)
        && type.Name is not ("MemoryMarshal" or "MemoryExtensions" or "BinaryPrimitives" or "Unsafe" or "Math" or "MathF"
            or "Interlocked" or "Volatile" or "Stopwatch");

    // Most constructors only store. Of one whose source is not here, nobody knows.
    private static bool CanThrow(IMethodSymbol constructor) => constructor.DeclaringSyntaxReferences
        .SelectMany(reference => (reference.GetSyntax() as ConstructorDeclarationSyntax)?.DescendantNodes() ?? [])
        .Any(node => node is InvocationExpressionSyntax { Expression: not IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
            or ThrowStatementSyntax or ThrowExpressionSyntax);

    protected override void LeaveByException(IOperation operation, HashSet<Handout> facts) => _lost.UnionWith(
        from open in facts
        where open.Kind == HandleKind.Claim
        select new Loss(open, operation));

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
