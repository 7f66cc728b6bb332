using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>
/// Follows sets of facts along every path of a control flow graph until the sets stop growing. A fact
/// holds at a place if it holds on some path to it. Sets only grow, so a finding is never withdrawn and can be
/// noted during the walk.
/// </summary>
internal abstract class ForwardAnalysis<TFact>(ControlFlowGraph graph)
{
    public void Run() => Solve(first: 0, last: graph.Blocks.Length - 1, []);

    /// <summary>What an operation does to the facts; false if control never gets past it.</summary>
    protected abstract bool Transfer(IOperation operation, HashSet<TFact> facts);

    /// <summary>Whether the author has to expect an exception of this operation.</summary>
    protected virtual bool CanThrow(IOperation operation) => false;

    /// <summary>An exception of this operation leaves the method, past every handler, with these facts.</summary>
    protected virtual void LeaveByException(IOperation operation, HashSet<TFact> facts)
    {
    }

    /// <summary>What else is known on one of the two ways out of a condition.</summary>
    protected virtual void TransferBranch(BasicBlock block, ControlFlowBranch branch, HashSet<TFact> facts)
    {
    }

    /// <summary>Control leaves the method with these facts: it returns, or throws where nothing catches.</summary>
    protected virtual void Leave(HashSet<TFact> facts)
    {
    }

    /// <summary>Walks the blocks from first to last and returns what holds at the end of the last one.</summary>
    private HashSet<TFact> Solve(int first, int last, HashSet<TFact> entry)
    {
        var before = new Dictionary<int, HashSet<TFact>> { [first] = entry };
        var atEnd = new HashSet<TFact>();
        var work = new SortedSet<int> { first };
        while (work.Count > 0)
        {
            int ordinal = work.Min;
            work.Remove(ordinal);
            BasicBlock block = graph.Blocks[ordinal];
            var facts = new HashSet<TFact>(before[ordinal]);
            var atFailures = new HashSet<TFact>();
            bool isLeft = RunBlock(block, facts, atFailures, out List<(IOperation, HashSet<TFact>)> throwers);
            Unwind(block, atFailures);
            throwers.ForEach(thrower => Escape(block, thrower.Item1, thrower.Item2));
            if (block.Kind == BasicBlockKind.Exit)
            {
                Leave(facts);
            }

            foreach (ControlFlowBranch branch in isLeft ? block.Successors() : [])
            {
                Follow(block, branch, [.. facts]);
            }
        }

        return atEnd;

        void Follow(BasicBlock block, ControlFlowBranch branch, HashSet<TFact> facts)
        {
            TransferBranch(block, branch, facts);
            if (branch.Destination is { } destination)
            {
                foreach (ControlFlowRegion region in branch.FinallyRegions)
                {
                    facts = Solve(region.FirstBlockOrdinal, region.LastBlockOrdinal, facts);
                }

                Flow(destination.Ordinal, facts);
            }
            else if (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
            {
                atEnd.UnionWith(facts);
            }
            else if (block.Regions().Any(region => region.Kind == ControlFlowRegionKind.Try))
            {
                Unwind(block, facts);
            }
            else
            {
                Leave(facts);
            }
        }

        // An exception propagates outwards: through each finally, to each catch that may handle it.
        void Unwind(BasicBlock block, HashSet<TFact> facts)
        {
            foreach (ControlFlowRegion region in block.Regions().Where(region => region.Kind == ControlFlowRegionKind.Try))
            {
                ControlFlowRegion[] handlers = region.EnclosingRegion!.NestedRegions.Where(other => other != region).ToArray();
                if (region.EnclosingRegion.Kind == ControlFlowRegionKind.TryAndFinally)
                {
                    facts = Solve(handlers[0].FirstBlockOrdinal, handlers[0].LastBlockOrdinal, facts);
                    continue;
                }

                foreach (ControlFlowRegion handler in handlers)
                {
                    Flow(handler.FirstBlockOrdinal, [.. facts]);
                }

                if (handlers.Any(CatchesEverything))
                {
                    return;
                }
            }
        }

        // A handler, whatever it catches, shows that the author has thought of exceptions.
        void Escape(BasicBlock block, IOperation operation, HashSet<TFact> facts)
        {
            foreach (ControlFlowRegion region in block.Regions().Where(region => region.Kind == ControlFlowRegionKind.Try))
            {
                if (region.EnclosingRegion!.Kind != ControlFlowRegionKind.TryAndFinally)
                {
                    return;
                }

                ControlFlowRegion handler = region.EnclosingRegion.NestedRegions.First(other => other != region);
                facts = Solve(handler.FirstBlockOrdinal, handler.LastBlockOrdinal, facts);
            }

            LeaveByException(operation, facts);
        }

        void Flow(int ordinal, HashSet<TFact> facts)
        {
            if (ordinal < first || ordinal > last)
            {
                return;
            }

            if (!before.TryGetValue(ordinal, out HashSet<TFact> known))
            {
                before[ordinal] = facts;
                work.Add(ordinal);
            }
            else if (!facts.IsSubsetOf(known))
            {
                known.UnionWith(facts);
                work.Add(ordinal);
            }
        }
    }

    private bool RunBlock(
        BasicBlock block, HashSet<TFact> facts, HashSet<TFact> atFailures, out List<(IOperation, HashSet<TFact>)> throwers)
    {
        throwers = [];
        foreach (IOperation operation in block.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation or IPropertyReferenceOperation or IObjectCreationOperation
                or IAwaitOperation or IArrayElementReferenceOperation or IConversionOperation or IBinaryOperation)
            {
                atFailures.UnionWith(facts);
            }

            if (facts.Count > 0 && CanThrow(operation))
            {
                throwers.Add((operation, [.. facts]));
            }

            if (!Transfer(operation, facts))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CatchesEverything(ControlFlowRegion handler) =>
        handler is { Kind: ControlFlowRegionKind.Catch, ExceptionType: null or { Name: "Exception" or "Object" } };
}
